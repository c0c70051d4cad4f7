// Two threads take two mutexes in different orders: each gets one, and waits for the other's for ever.
//
// Hint: Does every thread take the mutexes in the same order? std::scoped_lock takes several at once.
//
// Evidence: lock_ring
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
    std::vector<double> shares(image.rows());
    std::mutex shares_lock;
    std::mutex count_lock;
    std::size_t count = 0;
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                for (std::size_t j = t; j < image.cols(); j += threads)
                    for (std::size_t i = 0; i < image.rows(); ++i) {
                        const double share = share_of(image, i, j);
                        const std::lock_guard first(t % 2 == 0 ? shares_lock : count_lock);
                        const std::lock_guard second(t % 2 == 0 ? count_lock : shares_lock);
                        shares[i] += share;
                        ++count;
                    }
            });
    }
    store(image, shares);
}
