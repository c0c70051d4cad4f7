// The loop over x runs to the number of columns and the loop over y to the number of rows, so an image that
// isn't square is left unfinished or overrun.
//
// Hint: x is the row. How many rows does the image have, and which call returns that number?
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
    for (std::size_t x = 0; x < image.cols(); ++x)
        for (std::size_t y = 0; y < image.rows(); ++y)
            image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}
