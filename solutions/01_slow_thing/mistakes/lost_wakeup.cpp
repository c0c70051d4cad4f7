// A notification is lost: the thread that it is meant for has seen that it has to wait, but doesn't wait
// yet.
//
// Hint: A condition variable remembers nothing. Is what the waiting thread tests changed under the mutex
// with which it waits, and tested again by wait(lock, [&] { … })?
//
// Evidence: notified_too_early
#include "slow_thing.hpp"

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
    std::condition_variable all_done;
    std::atomic<unsigned> left = threads;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
            if (--left == 0) all_done.notify_one();
        });
    std::unique_lock lock(mutex);
    all_done.wait(lock, [&] { return left == 0; });
}
