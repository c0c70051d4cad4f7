// Each pixel is added rows times and not rows · rows times: one of the two inner loops is missing.
//
// Hint: How often does the lesson add a pixel's value to the sum? Count it for an image with 2 rows. Then
// count what your loops do.
//
// Evidence: answers
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    if (image.cols() == 0) return;
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j)
            for (std::size_t k = 0; k < image.rows(); ++k) sum += image(i, j);
        sum += static_cast<double>(i);
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
