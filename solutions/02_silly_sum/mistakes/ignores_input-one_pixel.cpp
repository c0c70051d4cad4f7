// The same pixel is added every time, whatever the row and the column.
//
// Hint: Which pixel goes into the sum in the second row and the third column?
//
// Evidence: answers
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    if (image.cols() == 0) return;
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j)
            for (std::size_t k = 0; k < image.rows(); ++k)
                for (std::size_t l = 0; l < image.rows(); ++l)
                    sum = sum + image(0, 0) - static_cast<double>(k) + static_cast<double>(l);
        sum += static_cast<double>(i);
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
