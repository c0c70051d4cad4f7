// wrong: the main thread wakes between a worker's two critical sections: one share is missing.
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
    if (image.cols() == 0) return;
    std::vector<double> shares(image.rows());
    std::size_t ready = 0;
    std::mutex mutex;
    std::condition_variable changed;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < image.rows(); i = next++) {
            const double share = row_share(image, i);
            {
                std::lock_guard lock(mutex);
                ++ready;
            }
            changed.notify_one();
            std::lock_guard lock(mutex);
            shares[i] = share;
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return ready == image.rows(); });
    store_sums(image, shares);
}
