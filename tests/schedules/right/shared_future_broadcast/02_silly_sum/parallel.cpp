// right: who finishes last sets a promise; all threads wait for its shared_future.
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

void store_row(kit::Image& image, std::size_t i, double sum) {
    const auto rows = static_cast<double>(image.rows());
    const auto cols = static_cast<double>(image.cols());
    image(i, image.cols() - 1) = sum / cols / rows;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    const std::size_t rows = image.rows();
    std::vector<double> shares(rows);
    std::atomic<unsigned> missing = threads;
    std::promise<std::vector<double>> promise;

    const auto work = [&](unsigned t, std::shared_future<std::vector<double>> ready) {
        for (std::size_t i = t; i < rows; i += threads) shares[i] = share_of_row(image, i);
        if (missing.fetch_sub(1) == 1) {
            std::vector<double> sums(rows);
            std::inclusive_scan(shares.begin(), shares.end(), sums.begin());
            promise.set_value(std::move(sums));
        }
        const std::vector<double>& sums = ready.get();
        for (std::size_t i = t; i < rows; i += threads) store_row(image, i, sums[i]);
    };
    const auto ready = promise.get_future().share();
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t, ready);
}
