// right: the caller loops around wait_until, so no time-out or spurious wake-up ends it early.
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
    std::mutex mutex;
    std::condition_variable one_finished;
    unsigned at_work = threads;

    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        const std::lock_guard lock(mutex);
        --at_work;
        one_finished.notify_one();
    };

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    std::unique_lock lock(mutex);
    while (at_work > 0)
        one_finished.wait_until(lock, std::chrono::steady_clock::now() + std::chrono::milliseconds(2));
}  // unlocks, then joins
