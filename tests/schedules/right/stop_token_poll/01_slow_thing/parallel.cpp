// right: threads without a row yield until the caller, who waits for the last row, stops them.
#include "slow_thing.hpp"

namespace {

double slow_pixel(std::size_t x, std::size_t y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
        sum += static_cast<double>(y);
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = slow_pixel(x, y);
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> filled = 0;
    const auto work = [&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::size_t x = next.load();
            if (x == image.rows()) {
                std::this_thread::yield();
            } else if (next.compare_exchange_strong(x, x + 1)) {
                fill_row(image, x);
                filled.fetch_add(1);
                filled.notify_one();
            }
        }
    };

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    for (std::size_t now = filled.load(); now < image.rows(); now = filled.load()) filled.wait(now);
    for (std::jthread& member : team) member.request_stop();
}
