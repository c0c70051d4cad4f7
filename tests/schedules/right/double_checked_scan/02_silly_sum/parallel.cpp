// right: an atomic flag tells if the sums are made; if not, it is asked again under the lock.
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

class LazySums {
  public:
    explicit LazySums(std::size_t rows) : shares(rows) {}

    double operator[](std::size_t i) {
        if (!made_.load(std::memory_order_acquire)) {
            const std::lock_guard lock(mutex_);
            if (!made_.load(std::memory_order_relaxed)) {
                sums_.resize(shares.size());
                std::inclusive_scan(shares.begin(), shares.end(), sums_.begin());
                made_.store(true, std::memory_order_release);
            }
        }
        return sums_[i];
    }
    std::vector<double> shares;

  private:
    std::atomic<bool> made_ = false;
    std::mutex mutex_;
    std::vector<double> sums_;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    LazySums sums(image.rows());
    std::latch shares_ready(threads);
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) sums.shares[i] = share_of_row(image, i);
        shares_ready.arrive_and_wait();
        for (std::size_t i = t; i < image.rows(); i += threads) store_row(image, i, sums[i]);
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
