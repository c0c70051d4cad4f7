// right: each band gets the sum before it through a future and promises its own sum to the next band
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows(), cols = image.cols();
    if (cols == 0) return;

    std::promise<double> start;
    std::future<double> before = start.get_future();
    start.set_value(0.0);

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) {
        std::promise<double> mine;
        auto next = mine.get_future();
        const auto first = t * rows / threads, last = (t + 1) * rows / threads;
        team.emplace_back(
            [&image, rows, cols, first, last, before = std::move(before), after = std::move(mine)]() mutable {
                std::vector<double> shares;
                for (auto i = first; i < last; ++i) {
                    double share = 0;
                    for (std::size_t j = 0; j < cols; ++j) {
                        for (std::size_t k = 0; k < rows; ++k) {
                            for (std::size_t l = 0; l < rows; ++l) {
                                share += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                            }
                        }
                    }
                    shares.push_back(share + static_cast<double>(i));
                }
                double sum = before.get();
                after.set_value(std::accumulate(shares.begin(), shares.end(), sum));
                for (auto i = first; i < last; ++i) {
                    sum += shares[i - first];
                    image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
                }
            });
        before = std::move(next);
    }
}
