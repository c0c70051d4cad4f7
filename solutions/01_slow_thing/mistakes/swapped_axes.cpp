// Row and column are exchanged where the pixel is stored: a square image comes back mirrored across its
// diagonal, and any other image is overrun.
//
// Hint: In image(x, y), which of the two is the row, and how large may it become?
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
            image(y, x) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}
