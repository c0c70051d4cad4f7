// A row's result includes the rows before it, but not its own share.
//
// Hint: Which rows go into the result of the first row, and of the second?
//
// Evidence: answers
#include "silly_sum.hpp"

namespace {

/// What row i adds to the running sum.
double row_share(const kit::Image& image, std::size_t i) {
    double share = 0;
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l)
                share = share + image(i, j) - static_cast<double>(k) + static_cast<double>(l);
    return share + static_cast<double>(i);
}

}  // namespace

void silly_sum::serial(kit::Image& image) {
    if (image.cols() == 0) return;
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        const double share = row_share(image, i);
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
        sum += share;
    }
}
