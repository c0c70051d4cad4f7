// A thread tests something and then acts on it, but in between another thread changes it.
//
// Hint: Test and act have to be one step: one lock around both, or one atomic operation, such as fetch_add,
// whose result is tested.
//
// Evidence: stale_test
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
    std::mutex mutex;
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                for (std::size_t j = t; j < image.cols(); j += threads)
                    for (std::size_t i = 0; i < image.rows(); ++i) {
                        double sum = 0;
                        {
                            const std::lock_guard lock(mutex);
                            sum = shares[i];
                        }
                        sum += share_of(image, i, j);
                        const std::lock_guard lock(mutex);
                        shares[i] = sum;
                    }
            });
    }
    store(image, shares);
}
