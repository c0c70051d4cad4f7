// A band goes on from the share of the band just before it. The shares of all earlier bands are missing.
//
// Hint: With four bands, which bands' shares does the last one need?
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

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    const auto first = [&](std::size_t t) { return t * image.rows() / threads; };
    std::vector<double> shares(image.rows());
    {
        std::vector<std::jthread> team;
        for (std::size_t t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                for (std::size_t i = first(t); i < first(t + 1); ++i) shares[i] = row_share(image, i);
            });
    }
    double before = 0;
    for (std::size_t t = 0; t < threads; ++t) {
        double band = 0;
        for (std::size_t i = first(t); i < first(t + 1); ++i) {
            band += shares[i];
            image(i, image.cols() - 1) =
                (before + band) / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
        }
        before = band;
    }
}
