// right: all threads wait at a latch for the start, and the caller at another for the end.
#include "slow_thing.hpp"

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
    std::latch start(1);
    std::latch finished(threads);
    const auto work = [&](unsigned t) {
        start.wait();
        for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        finished.count_down();
    };

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    start.count_down();
    finished.wait();
}
