// right: the caller waits by wait_for with a predicate, again and again until it is true.
#include "silly_sum.hpp"

#include <chrono>

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

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::mutex mutex;
    std::condition_variable one_ready;
    unsigned missing = threads;
    std::vector<double> shares(image.rows());

    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < shares.size(); i += threads) shares[i] = share_of_row(image, i);
        {
            const std::lock_guard lock(mutex);
            --missing;
        }
        one_ready.notify_one();
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    {
        std::unique_lock lock(mutex);
        while (!one_ready.wait_for(lock, std::chrono::milliseconds(1), [&] { return missing == 0; })) {
        }
    }
    store_sums(image, shares);
}
