// right: condition_variable_any waits with a spin lock of our own; the last thread notifies.
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

void store_sums(kit::Image& image, const std::vector<double>& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}

class SpinLock {
  public:
    void lock() {
        bool taken = false;
        while (!taken_.compare_exchange_weak(taken, true)) {
            taken = false;
            std::this_thread::yield();
        }
    }
    void unlock() { taken_.store(false); }

  private:
    std::atomic<bool> taken_ = false;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    SpinLock spin;
    std::condition_variable_any all_ready;
    unsigned missing = threads;
    std::vector<double> shares(image.rows());
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < shares.size(); i += threads) shares[i] = share_of_row(image, i);
        const std::lock_guard lock(spin);
        if (--missing == 0) all_ready.notify_one();
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    std::unique_lock lock(spin);
    all_ready.wait(lock, [&] { return missing == 0; });
    store_sums(image, shares);
}  // unlocks, then joins
