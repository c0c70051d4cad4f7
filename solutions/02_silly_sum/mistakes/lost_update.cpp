// Two threads read the same value, each adds to what it has read, and the second store wipes out the first
// one's addition.
//
// Hint: Each access is atomic, but reading, adding and storing aren't one step. Which operation does all
// three at once? Or: could each thread add to a variable of its own?
//
// Evidence: stale_store
#include "silly_sum.hpp"

namespace {

double share_of(const kit::Image& image, std::size_t i, std::size_t j) {
    double sum = 0;
    for (std::size_t k = 0; k < image.rows(); ++k)
        for (std::size_t l = 0; l < image.rows(); ++l)
            sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
    return sum;
}

void store(kit::Image& image, const std::vector<double>& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += shares[i] + static_cast<double>(i);
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<std::atomic<double>> sums(image.rows());
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                for (std::size_t j = t; j < image.cols(); j += threads)
                    for (std::size_t i = 0; i < image.rows(); ++i) sums[i] = sums[i] + share_of(image, i, j);
            });
    }
    store(image, {sums.begin(), sums.end()});
}
