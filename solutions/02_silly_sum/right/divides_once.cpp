// one that divides once, by rows · cols
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    if (cols == 0) return;
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < cols; ++j)
            for (std::size_t k = 0; k < rows; ++k)
                for (std::size_t l = 0; l < rows; ++l)
                    sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
        sum += static_cast<double>(i);
        image(i, cols - 1) = sum / static_cast<double>(rows * cols);
    }
}
