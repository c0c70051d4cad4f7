// Every pixel comes back as 0: the result is a new image, and the computed values went into a copy of it.
//
// Hint: Where does the image that you hand back come from, and what writes to it?
//
// Evidence: answers
//
// Source: \[=|\[([^\]]*[,\s])?image\b|kit::Image\s+\w+\s*[,)=;({]|\bauto\s+\w+\s*=\s*image\b
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

/// Stores the running sum over the rows' shares.
void store(kit::Image& image, const std::vector<double>& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    kit::Image result(image.rows(), image.cols());
    std::jthread([=]() mutable {
        std::vector<double> shares(image.rows());
        for (std::size_t i = 0; i < image.rows(); ++i) shares[i] = row_share(image, i) + 0 * threads;
        store(result, shares);
    }).join();
    image = result;
}
