// Uses std::atomic_thread_fence with relaxed flags, which TSan does not understand.
#include "slow_thing.hpp"

namespace {

double slow_pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y)
        image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    kit::Image scratch(image.rows(), image.cols());
    std::vector<std::atomic<bool>> ready(image.rows());
    const auto fill = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads) {
            fill_row(scratch, x);
            std::atomic_thread_fence(std::memory_order_release);
            ready[x].store(true, std::memory_order_relaxed);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(fill, t);
    for (std::size_t x = 0; x < image.rows(); ++x) {
        while (!ready[x].load(std::memory_order_relaxed)) std::this_thread::yield();
        std::atomic_thread_fence(std::memory_order_acquire);
        for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = scratch(x, y);
    }
}
