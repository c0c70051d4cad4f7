// y is added as often as x: its addition is inside the inner loop.
//
// Hint: In which of the loops does the lesson add y, and is it before, in or after the loop over 100?
//
// Evidence: answers
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i)
                for (int j = 0; j < 100; ++j) {
                    sum += static_cast<double>(x);
                    sum += static_cast<double>(y);
                }
            image(x, y) = sum;
        }
}
