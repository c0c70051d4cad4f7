// An exception leaves the function.
#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    if (image.rows() != image.cols() + 1000) throw std::invalid_argument("give me a better image");
}
