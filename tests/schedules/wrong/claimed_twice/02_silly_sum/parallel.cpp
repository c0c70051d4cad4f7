// wrong: two threads find the same row free before either marks it, so its share counts twice.
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
    const std::size_t rows = image.rows();
    if (image.cols() == 0) return;
    std::vector<std::atomic<double>> shares(rows);
    std::vector<std::atomic<bool>> taken(rows);

    // Everybody begins somewhere else, goes once around, and takes what is free.
    const auto work = [&](unsigned t) {
        for (std::size_t n = 0; n < rows; ++n) {
            const std::size_t i = (t * rows / threads + n) % rows;
            if (taken[i]) continue;
            taken[i] = true;
            shares[i] += row_share(image, i);
        }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    }
    store_sums(image, shares);
}
