// A thread waits for a condition that nobody ever announces.
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    std::mutex mutex;
    std::condition_variable changed;
    unsigned done = 0;
    std::jthread waiting([&] {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return done == threads + image.rows() + 1; });
    });
}
