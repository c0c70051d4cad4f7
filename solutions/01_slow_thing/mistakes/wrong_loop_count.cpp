// x is added ten times too often: the inner loop runs 1000 times.
//
// Hint: How often does your code add x to a pixel's sum, and how often y? How often does the lesson add
// them?
//
// Evidence: answers
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 1000; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
}
