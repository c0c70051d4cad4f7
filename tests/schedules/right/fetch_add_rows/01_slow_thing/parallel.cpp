// right: each thread takes the next row by a relaxed fetch_add; the join publishes all pixels.
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
    const auto work = [&] {
        while (true) {
            const std::size_t x = next.fetch_add(1, std::memory_order_relaxed);
            if (x >= image.rows()) return;
            fill_row(image, x);
        }
    };

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
}
