// wrong: one thread has the permit and waits for the lock, another has the lock and waits for it.
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
    std::binary_semaphore pen(1);  // who has it may write
    std::mutex mutex;
    std::size_t count = 0;
    std::size_t percent = 0;  // for a progress bar, one day
    const auto put = [&](std::size_t x, const std::vector<double>& row) {
        pen.acquire();
        for (std::size_t y = 0; y < row.size(); ++y) image(x, y) = row[y];
        std::unique_lock lock(mutex);
        ++count;
        lock.unlock();
        pen.release();
    };
    const auto progress = [&] {
        std::lock_guard lock(mutex);
        pen.acquire();
        percent = 100 * count / image.rows();
        pen.release();
    };
    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads) {
            put(x, slow_row(x, image.cols()));
            progress();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
