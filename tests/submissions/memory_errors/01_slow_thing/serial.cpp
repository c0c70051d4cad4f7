// Writes one past the end of a vector of its own, through a raw pointer.
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    std::vector<double> row(image.cols() + 1);
    double* next = row.data();
    for (std::size_t y = 0; y <= row.size(); ++y) *next++ = 1000.0 * static_cast<double>(y);
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y)
            image(x, y) = 100'000.0 * static_cast<double>(x) + row[y];
}
