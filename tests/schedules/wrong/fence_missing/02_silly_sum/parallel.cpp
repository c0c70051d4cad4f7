// wrong: the reader's fence has no fence of the writers to meet.
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

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<double> shares(image.rows());
    std::atomic<unsigned> ready = 0;
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < shares.size(); i += threads) shares[i] = share_of_row(image, i);

        ready.fetch_add(1, std::memory_order_relaxed);
    };

    std::vector<std::jthread> team;
    for (unsigned t = 1; t < threads; ++t) team.emplace_back(work, t);
    work(0);
    while (ready.load(std::memory_order_relaxed) < threads) std::this_thread::yield();
    std::atomic_thread_fence(std::memory_order_acquire);
    store_sums(image, shares);
}
