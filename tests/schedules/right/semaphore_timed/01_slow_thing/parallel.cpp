// right: the caller acquires a permit from each thread that has finished, repeating time-outs.
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
    std::counting_semaphore<> finished(0);
    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        finished.release();
    };

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    for (unsigned t = 0; t < threads; ++t)
        while (!finished.try_acquire_for(std::chrono::milliseconds(1))) std::this_thread::yield();
}
