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

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    // Thread t has the rows [first(t), first(t + 1)): no row is lost when `threads` doesn't divide their
    // number.
    const auto first = [&](std::size_t t) { return t * image.rows() / threads; };
    const auto fill_band = [&](std::size_t t) {
        for (std::size_t x = first(t); x < first(t + 1); ++x)
            for (std::size_t y = 0; y < image.cols(); ++y)
                image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
    };

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        if (first(t) < first(t + 1)) team.emplace_back(fill_band, t);
}  // the end of `team` joins every thread
