// All work under one spin lock: who waits for it burns time.
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    if (cols == 0) return;
    std::vector<double> shares(rows);
    std::atomic_flag lock;
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                for (std::size_t i = t * rows / threads; i < (t + 1) * rows / threads; ++i) {
                    while (lock.test_and_set()) {
                    }
                    double sum = 0;
                    for (std::size_t j = 0; j < cols; ++j)
                        for (std::size_t k = 0; k < rows; ++k)
                            for (std::size_t l = 0; l < rows; ++l)
                                sum = sum + image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                    shares[i] = sum;
                    lock.clear();
                }
            });
    }
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        sum += shares[i] + static_cast<double>(i);
        image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
