// The result is stored in every pixel instead of only in the last one of each row.
//
// Hint: How often does the lesson store something while it goes through one row?
//
// Evidence: answers
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j) {
            const double pixel = image(i, j);
            for (std::size_t k = 0; k < image.rows(); ++k)
                for (std::size_t l = 0; l < image.rows(); ++l)
                    sum = sum + pixel - static_cast<double>(k) + static_cast<double>(l);
            image(i, j) = sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
        }
        sum += static_cast<double>(i);
        if (image.cols() > 0)
            image(i, image.cols() - 1) =
                sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
