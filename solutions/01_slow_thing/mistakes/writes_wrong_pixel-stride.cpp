// The index into pixels() is wrong for an image that isn't square. A row has cols() pixels, so the next row
// begins cols() pixels further on.
//
// Hint: In pixels(), how far is it from pixel (0, 0) to pixel (1, 0)?
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
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y)
            image.pixels()[x * image.rows() + y] = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}
