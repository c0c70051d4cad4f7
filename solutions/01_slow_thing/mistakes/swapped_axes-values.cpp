// x and y are exchanged in the additions: each pixel holds the value of its mirror image across the
// diagonal.
//
// Hint: Which of x and y is the row, and which of them is added 100 times?
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
            image(x, y) = slow_pixel(static_cast<double>(y), static_cast<double>(x));
}
