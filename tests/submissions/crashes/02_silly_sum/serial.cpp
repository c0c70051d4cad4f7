// Divides a whole number by zero.
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    for (std::size_t i = 0; i < image.rows(); ++i)
        for (std::size_t j = 0; j < image.cols(); ++j)
            image(i, j) = static_cast<double>(image.rows() / (i + j));
}
