// right: k and l are doubles from the start, so nothing is ever converted
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    const double n = static_cast<double>(image.rows());
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j) {
            const double pixel = image(i, j);
            for (double k = 0; k < n; ++k)
                for (double l = 0; l < n; ++l) sum += pixel - k + l;
        }
        sum += static_cast<double>(i);
        if (image.cols() > 0) image(i, image.cols() - 1) = sum / static_cast<double>(image.cols()) / n;
    }
}
