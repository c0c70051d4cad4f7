// right: a timed_mutex guards the shares; who can't lock it by a deadline sets a new deadline.
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
    std::timed_mutex mutex;
    std::vector<double> shares;
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) {
            const double share = share_of_row(image, i);
            using Clock = std::chrono::system_clock;
            while (!mutex.try_lock_until(Clock::now() + std::chrono::microseconds(100))) {
            }
            const std::lock_guard lock(mutex, std::adopt_lock);
            if (shares.size() <= i) shares.resize(i + 1);
            shares[i] = share;
        }
    };

    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    for (std::thread& member : team) member.join();
    store_sums(image, shares);
}
