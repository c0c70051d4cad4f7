// Both loops run to the number of columns, so an image that isn't square is left unfinished or overrun. The
// tutorial's own code does that.
//
// Hint: image.rows() and image.cols() are two numbers. Which of your loops ends at which of them?
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
        for (std::size_t y = 0; y < image.cols(); ++y)
            image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}
