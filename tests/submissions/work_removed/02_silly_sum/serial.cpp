// -k and +l cancel, and a pixel adds its value rows² times: right, but a better algorithm than was asked for.
#include "silly_sum.hpp"

void silly_sum::serial(kit::Image& image) {
    if (image.cols() == 0) return;
    const auto rows = static_cast<double>(image.rows());
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j) sum += rows * rows * image(i, j);
        sum += static_cast<double>(i);
        image(i, image.cols() - 1) = sum / static_cast<double>(image.cols()) / rows;
    }
}
