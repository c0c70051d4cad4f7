#include "silly_sum.hpp"

namespace {

/// What row i adds to the running sum.
double row_share(const kit::Image& image, std::size_t i) {
    double sum = 0;
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l)
                sum = sum + image(i, j) - static_cast<double>(k) + static_cast<double>(l);
    return sum + static_cast<double>(i);
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    if (cols == 0) return;

    std::vector<double> shares(rows);
    {
        const auto first = [&](std::size_t t) { return t * rows / threads; };
        const auto sum_band = [&](std::size_t t) {
            for (std::size_t i = first(t); i < first(t + 1); ++i) shares[i] = row_share(image, i);
        };
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t)
            if (first(t) < first(t + 1)) team.emplace_back(sum_band, t);
    }  // every share is there: the end of `team` has joined every thread

    std::inclusive_scan(shares.begin(), shares.end(), shares.begin());
    for (std::size_t i = 0; i < rows; ++i)
        image(i, cols - 1) = shares[i] / static_cast<double>(cols) / static_cast<double>(rows);
}
