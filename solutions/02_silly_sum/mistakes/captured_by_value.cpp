// The image comes back unchanged: the result is written to a copy. A kit::Image is a value, so `[=]`, a
// parameter without `&` and `auto copy = image` each make a copy.
//
// Hint: Does your code write to the caller's kit::Image or to one of its own?
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
    std::vector<double> shares(image.rows());
    {
        std::vector<std::jthread> team;
        for (std::size_t t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                for (std::size_t i = t; i < image.rows(); i += threads) shares[i] = row_share(image, i);
            });
    }
    kit::Image copy = image;
    store(copy, shares);
}
