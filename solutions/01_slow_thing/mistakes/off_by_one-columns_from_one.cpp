// Each sum is 1000 too large: y is one too large in every addition because columns are counted from 1, or
// 1000 is added once.
//
// Hint: What is y in the first column, and which value does pixel (0, 0) have?
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
            image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y + 1));
}
