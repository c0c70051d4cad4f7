// right: a band without rows throws; its future carries that to the caller, who expects it.
#include "silly_sum.hpp"

namespace {

double share_of_row(const kit::Image& image, std::size_t i) {
    auto sum = static_cast<double>(i);
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l)
                sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
    return sum;
}

void store_sums(kit::Image& image, const std::vector<double>& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}

struct NoRows : std::runtime_error {
    NoRows() : std::runtime_error("a band without rows") {}
};

std::vector<double> shares_of_band(const kit::Image& image, std::size_t first, std::size_t last) {
    if (first == last) throw NoRows();
    std::vector<double> shares;
    for (std::size_t i = first; i < last; ++i) shares.push_back(share_of_row(image, i));
    return shares;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    const auto first = [&](std::size_t t) { return t * image.rows() / threads; };
    std::vector<std::future<std::vector<double>>> bands;
    for (std::size_t t = 0; t < threads; ++t)
        bands.push_back(
            std::async(std::launch::async, shares_of_band, std::cref(image), first(t), first(t + 1)));
    std::vector<double> shares;
    for (auto& band : bands) {
        try {
            const std::vector<double> part = band.get();
            shares.insert(shares.end(), part.begin(), part.end());
        } catch (const NoRows&) {  // nothing to add; the other bands are still to come
        }
    }
    store_sums(image, shares);
}
