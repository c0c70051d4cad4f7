// right: the loop over l becomes a formula, the loop over k stays; 12 of 20 points at most
#include "silly_sum.hpp"

void silly_sum::optimized(kit::Image& image) {
    const double n = static_cast<double>(image.rows());
    const double all_l = n * (n - 1) / 2;  // 0 + 1 + … + (n - 1)
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j) {
            const double pixel = image(i, j);
            for (double k = 0; k < n; k += 1) sum += n * (pixel - k) + all_l;
        }
        sum += static_cast<double>(i);
        if (image.cols() > 0) image(i, image.cols() - 1) = sum / static_cast<double>(image.cols()) / n;
    }
}
