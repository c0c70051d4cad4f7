// The sum is a float, which holds every whole number only up to 16 777 216. Beyond that, additions are lost,
// and tall images show it.
//
// Hint: Which type does your sum have, and which type do the pixels have?
//
// Evidence: answers
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) {
            float sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<float>(x);
                sum += static_cast<float>(y);
            }
            image(x, y) = static_cast<double>(sum);
        }
}
