// Each pixel holds the value of the pixel below and to the right of it: rows and columns are counted from 1.
//
// Hint: What are x and y for the first pixel?
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
            image(x, y) = slow_pixel(static_cast<double>(x + 1), static_cast<double>(y + 1));
}
