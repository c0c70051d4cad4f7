// A thread waits for a notification that reaches another thread, or none.
//
// Hint: How many threads may wait for this change? Each of them needs to be told: notify_all.
//
// Evidence: notified_too_few
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
    {
        std::mutex mutex;
        std::condition_variable started;
        bool may_start = false;
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                {
                    std::unique_lock lock(mutex);
                    started.wait(lock, [&] { return may_start; });
                }
                for (std::size_t i = t; i < image.rows(); i += threads)
                    for (std::size_t j = 0; j < image.cols(); ++j) shares[i] += share_of(image, i, j);
            });
        {
            const std::lock_guard lock(mutex);
            may_start = true;
        }
        started.notify_one();
        team.clear();
    }
    store(image, shares);
}
