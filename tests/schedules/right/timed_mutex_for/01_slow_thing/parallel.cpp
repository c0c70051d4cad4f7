// right: a timed_mutex guards the next row; when try_lock_for runs out of time, one tries again.
#include "slow_thing.hpp"

#include <chrono>

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
    std::timed_mutex mutex;
    std::size_t next = 0;
    const auto work = [&] {
        while (true) {
            std::unique_lock lock(mutex, std::defer_lock);
            while (!lock.try_lock_for(std::chrono::microseconds(200))) std::this_thread::yield();
            if (next == image.rows()) return;
            const std::size_t x = next++;
            lock.unlock();
            fill_row(image, x);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
}
