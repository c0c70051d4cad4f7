// right: k and l cancel out, so a row adds rows² times its pixels, which four sums collect
#include "silly_sum.hpp"

void silly_sum::optimized(kit::Image& image) {
    const std::size_t rows = image.rows(), cols = image.cols();
    if (rows == 0 || cols == 0) return;
    const double r = static_cast<double>(rows), c = static_cast<double>(cols);

    double sum = 0;
    double* row = image.pixels().data();
    for (std::size_t i = 0; i < rows; ++i, row += cols) {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        std::size_t j = 0;
        for (; j + 3 < cols; j += 4) {
            s0 += row[j];
            s1 += row[j + 1];
            s2 += row[j + 2];
            s3 += row[j + 3];
        }
        for (; j < cols; ++j) s0 += row[j];
        sum += r * r * (s0 + s1 + (s2 + s3)) + static_cast<double>(i);
        row[cols - 1] = sum / c / r;
    }
}
