// The sum is an int, which ends at 2 147 483 647. That is too small for tall images.
//
// Hint: How large can the sum become in an image with 300 rows, and how large can an int become?
//
// Evidence: answers
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    if (image.cols() == 0) return;
    int sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j)
            for (std::size_t k = 0; k < image.rows(); ++k)
                for (std::size_t l = 0; l < image.rows(); ++l)
                    sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
        sum += i;
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
