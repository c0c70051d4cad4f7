// wrong: the semaphore lets two threads in at once, and they lose an addition to the same row.
#include "silly_sum.hpp"

namespace {

double pixel_share(const kit::Image& image, std::size_t i, std::size_t j) {
    double sum = 0;
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
    for (std::size_t i = 0; i < image.rows(); ++i) shares[i] = double(i);

    std::counting_semaphore<2> free(2);  // from 0 to 2
    const auto work = [&](unsigned t) {
        for (std::size_t j = t; j < image.cols(); j += threads)
            for (std::size_t i = 0; i < image.rows(); ++i) {
                const double more = pixel_share(image, i, j);
                free.acquire();
                shares[i] = shares[i] + more;
                free.release();
            }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    }
    store_sums(image, shares);
}
