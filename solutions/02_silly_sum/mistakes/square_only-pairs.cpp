// k and l both run to the number of columns instead of the number of rows.
//
// Hint: image.rows() and image.cols() are two numbers. Which of your loops ends at which of them?
//
// Evidence: answers
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    if (image.cols() == 0) return;
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j)
            for (std::size_t k = 0; k < image.cols(); ++k)
                for (std::size_t l = 0; l < image.cols(); ++l)
                    sum = sum + image(i, j) - static_cast<double>(k) + static_cast<double>(l);
        sum += static_cast<double>(i);
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
