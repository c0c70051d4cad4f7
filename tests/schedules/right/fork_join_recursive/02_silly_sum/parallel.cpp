// right: each call forks a thread for one half, does the other half itself, and joins.
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

void fill(const kit::Image& image, std::span<double> shares, std::size_t first, unsigned threads) {
    if (threads == 1 || shares.size() < 2) {
        for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = share_of_row(image, first + i);
        return;
    }
    const std::size_t half = shares.size() / 2;
    std::thread lower(fill, std::cref(image), shares.first(half), first, threads / 2);
    fill(image, shares.subspan(half), first + half, threads - threads / 2);
    lower.join();
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<double> shares(image.rows());
    fill(image, shares, 0, threads);
    store_sums(image, shares);
}
