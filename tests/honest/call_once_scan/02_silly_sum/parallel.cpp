// right: after a latch, std::call_once lets the first thread that comes add up the rows for all
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows(), cols = image.cols();
    std::vector<double> shares(rows), sums(rows);
    std::latch all_here(threads);
    std::once_flag once;

    auto member = [&](unsigned t) {
        for (std::size_t i = t; i < rows; i += threads) {
            double share = 0;
            for (std::size_t j = 0; j < cols; ++j) {
                for (std::size_t k = 0; k < rows; ++k) {
                    for (std::size_t l = 0; l < rows; ++l) {
                        share += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                    }
                }
            }
            shares[i] = share + static_cast<double>(i);
        }
        all_here.arrive_and_wait();
        std::call_once(once, [&] { std::partial_sum(shares.begin(), shares.end(), sums.begin()); });
        if (cols == 0) return;
        for (std::size_t i = t; i < rows; i += threads) {
            image(i, cols - 1) = sums[i] / static_cast<double>(cols) / static_cast<double>(rows);
        }
    };

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(member, t);
}
