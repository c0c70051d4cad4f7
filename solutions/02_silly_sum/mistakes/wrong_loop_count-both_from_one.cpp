// The loops over k and l both skip 0.
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
            for (std::size_t k = 1; k < image.rows(); ++k)
                for (std::size_t l = 1; l < image.rows(); ++l)
                    sum = sum + image(i, j) - static_cast<double>(k) + static_cast<double>(l);
        sum += static_cast<double>(i);
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
