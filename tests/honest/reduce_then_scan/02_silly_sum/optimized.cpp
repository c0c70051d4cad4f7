// right: std::reduce sums each row in any order it likes, and std::inclusive_scan adds up the rows
#include "silly_sum.hpp"

void silly_sum::optimized(kit::Image& image) {
    const auto pixels = image.pixels();
    if (pixels.empty()) return;
    const std::size_t cols = image.cols();
    const double c = static_cast<double>(cols);
    const double r = static_cast<double>(image.rows());

    std::vector<double> sums(image.rows());
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const auto row = pixels.subspan(i * cols, cols);
        sums[i] = r * r * std::reduce(row.begin(), row.end()) + static_cast<double>(i);
    }
    std::inclusive_scan(sums.begin(), sums.end(), sums.begin());
    for (std::size_t i = 0; i < sums.size(); ++i) pixels[(i + 1) * cols - 1] = sums[i] / c / r;
}
