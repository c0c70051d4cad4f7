// wrong: a thief steals half of what it saw left, but the owner has gone further meanwhile.
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
    std::vector<std::atomic<std::size_t>> begin(threads), end(threads);
    for (std::size_t t = 0; t < threads; ++t) {
        begin[t] = t * image.rows() / threads;
        end[t] = (t + 1) * image.rows() / threads;
    }
    const auto work = [&](unsigned t) {
        for (std::size_t i = begin[t]++; i < end[t]; i = begin[t]++) shares[i] += row_share(image, i);
        for (unsigned other = 0; other < threads; ++other) {
            const std::size_t first = begin[other];
            const std::size_t last = end[other];
            if (first + 1 >= last) continue;  // not worth it
            const std::size_t middle = (first + last + 1) / 2;
            end[other] = middle;
            for (std::size_t i = middle; i < last; ++i) shares[i] += row_share(image, i);
        }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    }
    store_sums(image, shares);
}
