// l - k is computed in std::size_t, which has no negative numbers: there, 0 - 1 is 18 446 744 073 709 551
// 615.
//
// Hint: What is the difference of two unsigned numbers when the second one is larger? When are k and l
// converted to double?
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
                    sum += image(i, j) + static_cast<double>(l - k);
        sum += static_cast<double>(i);
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
