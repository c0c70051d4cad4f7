// The row and the column are computed from the pixel's number and the number of rows. But a row has cols
// pixels.
//
// Hint: In pixels(), what is the index of the first pixel of the second row?
//
// Evidence: answers
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

void slow_thing::serial(kit::Image& image) {
    const std::span<double> pixels = image.pixels();
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = slow_pixel(static_cast<double>(i / image.rows()), static_cast<double>(i % image.rows()));
}
