// right: one flat loop; i, j, k and l turn over like the wheels of an odometer
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    if (rows == 0 || cols == 0) return;

    std::size_t i = 0, j = 0, k = 0, l = 0;
    double sum = 0;
    while (i < rows) {
        sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
        if (++l < rows) continue;
        l = 0;
        if (++k < rows) continue;
        k = 0;
        if (++j < cols) continue;
        j = 0;
        sum += static_cast<double>(i);
        image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
        ++i;
    }
}
