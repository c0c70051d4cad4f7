// The image's previous contents count: the sum starts from the pixel, or is added to it.
//
// Hint: Which value does the lesson start each pixel's sum from?
//
// Evidence: answers
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y)
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) image(x, y) += static_cast<double>(x);
                image(x, y) += static_cast<double>(y);
            }
}
