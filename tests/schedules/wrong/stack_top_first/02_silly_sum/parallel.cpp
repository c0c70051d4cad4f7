// wrong: a worker pops an entry that the main thread has counted but not stored yet.
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
    std::vector<std::atomic<double>> shares(image.rows());
    std::vector<std::atomic<std::size_t>> stack(image.rows());
    std::atomic<std::size_t> top = 0;
    const auto work = [&](unsigned t) {
        for (std::size_t n = t; n < image.rows(); n += threads) {  // its share, whichever rows
            std::size_t size = top;
            while (size == 0 || !top.compare_exchange_weak(size, size - 1)) {
                std::this_thread::yield();
                size = top;
            }
            const std::size_t i = stack[size - 1];
            shares[i] += row_share(image, i);
        }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
        for (std::size_t i = 0; i < image.rows(); ++i) stack[top++] = i;
    }
    store_sums(image, shares);
}
