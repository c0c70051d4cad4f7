// wrong: two threads acquire two semaphores in opposite orders, and each waits for the other's.
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
    std::size_t count = 0;
    std::binary_semaphore table_free(1), count_free(1);
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) {
            const double share = row_share(image, i);
            auto& first = t % 2 == 0 ? table_free : count_free;
            auto& second = t % 2 == 0 ? count_free : table_free;
            first.acquire();
            second.acquire();
            shares[i] = share;
            ++count;
            second.release();
            first.release();
        }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    }
    if (count == image.rows()) store_sums(image, shares);
}
