// Uses std::condition_variable_any with a stop_token: threads take rows until they are asked to stop.
#include "slow_thing.hpp"

#include <chrono>
#include <stop_token>

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::mutex mutex;
    std::condition_variable_any more;
    std::size_t next = image.rows();
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&](std::stop_token stop) {
            std::unique_lock lock(mutex);
            while (more.wait(lock, stop, [&] { return next < image.rows(); })) {
                const std::size_t x = next++;
                lock.unlock();
                fill_row(image, x);
                lock.lock();
            }
        });
    std::unique_lock lock(mutex);
    next = 0;
    more.notify_all();
    while (next < image.rows()) more.wait_for(lock, std::chrono::milliseconds(1));
}
