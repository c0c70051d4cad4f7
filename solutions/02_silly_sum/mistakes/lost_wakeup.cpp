// A notification is lost: the thread that it is meant for has seen that it has to wait, but doesn't wait
// yet.
//
// Hint: A condition variable remembers nothing. Is what the waiting thread tests changed under the mutex
// with which it waits, and tested again by wait(lock, [&] { … })?
//
// Evidence: notified_too_early
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
    std::condition_variable all_done;
    std::atomic<unsigned> left = threads;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t i = t; i < image.rows(); i += threads)
                for (std::size_t j = 0; j < image.cols(); ++j) shares[i] += share_of(image, i, j);
            if (--left == 0) all_done.notify_one();
        });
    {
        std::unique_lock lock(mutex);
        all_done.wait(lock, [&] { return left == 0; });
    }
    store(image, shares);
}
