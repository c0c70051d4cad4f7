// One lock is held around nearly all the work, so only one thread at a time makes progress.
//
// Hint: What do the threads really share while they compute? What has to happen under the lock, and what
// doesn't?
//
// Evidence: mutex_held_throughout
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
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) {
                const std::lock_guard lock(mutex);
                fill_row(image, x);
            }
        });
}
