// one that adds each row from its end
#include "silly_sum.hpp"

void silly_sum::optimized(kit::Image& image) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    if (cols == 0) return;
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        double row = 0;
        for (std::size_t j = cols; j > 0; --j) row += image(i, j - 1);
        sum += row * static_cast<double>(rows) * static_cast<double>(rows) + static_cast<double>(i);
        image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
