// wrong: a woken thread doesn't look again, takes a permit that is gone, and reads an empty slot.
#include "slow_thing.hpp"

namespace {

std::vector<double> slow_row(std::size_t x, std::size_t cols) {
    std::vector<double> row(cols);
    for (std::size_t y = 0; y < cols; ++y)
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) row[y] += double(x);
            row[y] += double(y);
        }
    return row;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::atomic<std::size_t>> slots(image.rows());  // row numbers
    std::atomic<std::size_t> head = 0;
    std::mutex mutex;
    std::condition_variable changed;
    int permits = 0;
    const auto acquire = [&] {
        std::unique_lock lock(mutex);
        if (permits == 0) changed.wait(lock);
        --permits;
    };
    const auto release = [&] {
        std::lock_guard lock(mutex);
        ++permits;
        changed.notify_one();
    };
    const auto work = [&](unsigned t) {
        for (std::size_t n = t; n < image.rows(); n += threads) {
            acquire();
            const std::size_t x = slots[head++];
            const std::vector<double> row = slow_row(x, image.cols());
            std::lock_guard lock(mutex);
            for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = row[y];
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    for (std::size_t x = 0; x < image.rows(); ++x) {
        slots[x] = x;
        release();
    }
}
