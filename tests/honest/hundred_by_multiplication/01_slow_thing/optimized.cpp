// right: one multiplication for the hundred additions; 16 of 20 points at most, 12 with clang
// (which doesn't vectorize over the pixels)
#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            const double each = 100.0 * static_cast<double>(x) + static_cast<double>(y);
            double sum = 0;
            for (int i = 0; i < 1000; ++i) sum += each;
            image(x, y) = sum;
        }
    }
}
