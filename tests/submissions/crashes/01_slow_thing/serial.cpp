// Writes through a null pointer.
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    double* row = nullptr;
    for (std::size_t x = 0; x < image.rows(); ++x) {
        if (image.cols() > 1'000'000) row = &image(x, 0);
        for (std::size_t y = 0; y < image.cols(); ++y) row[y] = static_cast<double>(x + y);
    }
}
