// The sum is a float, which holds every whole number only up to 16 777 216. Beyond that, additions are lost.
//
// Hint: Which type does your sum have, and which type do the pixels have?
//
// Evidence: answers
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    if (image.cols() == 0) return;
    float sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j)
            for (std::size_t k = 0; k < image.rows(); ++k)
                for (std::size_t l = 0; l < image.rows(); ++l)
                    sum += static_cast<float>(image(i, j) - static_cast<double>(k) + static_cast<double>(l));
        sum += static_cast<float>(i);
        image(i, image.cols() - 1) =
            static_cast<double>(sum) / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
