// Square only: one extent serves for both loops (the smaller, so that nothing is out of range).
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    const std::size_t edge = std::min(image.rows(), image.cols());
    for (std::size_t x = 0; x < edge; ++x) {
        for (std::size_t y = 0; y < edge; ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}
