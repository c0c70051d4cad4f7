// A thread waits for a notification that reaches another thread, or none.
//
// Hint: How many threads may wait for this change? Each of them needs to be told: notify_all.
//
// Evidence: notified_too_few
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
    std::condition_variable started;
    bool may_start = false;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            {
                std::unique_lock lock(mutex);
                started.wait(lock, [&] { return may_start; });
            }
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        });
    {
        const std::lock_guard lock(mutex);
        may_start = true;
    }
    started.notify_one();
}
