// Only the last pixel of each row is written: the store comes after the loop over columns.
//
// Hint: How many pixels of a row does your code store to?
//
// Evidence: answers
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        double sum = 0;
        for (std::size_t y = 0; y < image.cols(); ++y) {
            sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
        }
        if (image.cols() > 0) image(x, image.cols() - 1) = sum;
    }
}
