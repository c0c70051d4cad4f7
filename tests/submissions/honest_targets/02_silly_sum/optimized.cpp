// A function in several versions, of which the program takes one before it begins.
#include "silly_sum.hpp"

namespace {

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
__attribute__((target_clones("avx2", "default")))
#endif
double
sum_of(const double* first, std::size_t count) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += first[i];
    return sum;
}

}  // namespace

void silly_sum::optimized(kit::Image& image) {
    if (image.cols() == 0) return;
    const auto rows = static_cast<double>(image.rows());
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += rows * rows * sum_of(&image(i, 0), image.cols()) + static_cast<double>(i);
        image(i, image.cols() - 1) = sum / static_cast<double>(image.cols()) / rows;
    }
}
