// wrong: the main thread sees the list grow and reads the new entry before the worker stores it.
#include "silly_sum.hpp"

namespace {

double row_share(const kit::Image& image, std::size_t i) {
    double sum = double(i);
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l) sum += image(i, j) - double(k) + double(l);
    return sum;
}

void store_sums(kit::Image& image, const auto& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) = sum / double(image.cols()) / double(image.rows());
    }
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<std::atomic<std::size_t>> list_rows(image.rows());
    std::vector<std::atomic<double>> list_shares(image.rows());
    std::atomic<std::size_t> size = 0;
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) {
            const double share = row_share(image, i);
            const std::size_t n = size++;
            list_rows[n] = i;
            list_shares[n] = share;
            size.notify_one();
        }
    };
    std::vector<double> shares(image.rows());
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
        for (std::size_t n = 0; n < image.rows(); ++n) {
            size.wait(n);  // until there are more than n
            shares[list_rows[n]] = list_shares[n];
        }
    }
    store_sums(image, shares);
}
