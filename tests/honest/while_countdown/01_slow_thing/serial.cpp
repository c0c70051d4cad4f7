// right: every loop is a while that counts down, so the last pixel is the first one computed
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    std::size_t x = image.rows();
    while (x-- > 0) {
        std::size_t y = image.cols();
        while (y-- > 0) {
            double sum = 0.0;
            int outer = 1000;
            while (outer-- > 0) {
                int inner = 100;
                while (inner-- > 0) sum += x;
                sum += y;
            }
            image(x, y) = sum;
        }
    }
}
