// Lost remainder: each thread has rows / threads rows, and nobody has what is left over.
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    if (cols == 0) return;

    std::vector<double> shares(rows);
    {
        const std::size_t band = rows / threads;
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                for (std::size_t i = t * band; i < (t + 1) * band; ++i) {
                    for (std::size_t j = 0; j < cols; ++j)
                        for (std::size_t k = 0; k < rows; ++k)
                            for (std::size_t l = 0; l < rows; ++l)
                                shares[i] += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                    shares[i] += static_cast<double>(i);
                }
            });
    }
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        sum += shares[i];
        image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
