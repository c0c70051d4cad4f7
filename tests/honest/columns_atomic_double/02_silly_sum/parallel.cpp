// right: the threads share the columns, and add to an atomic double for each row
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const auto rows = image.rows(), cols = image.cols();
    std::vector<std::atomic<double>> totals(rows);
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) {
            team.emplace_back([&, t] {
                const auto begin = t * cols / threads, end = (t + 1) * cols / threads;
                if (begin == end) return;
                for (std::size_t i = 0; i < rows; ++i) {
                    double mine = 0;
                    for (auto j = begin; j < end; ++j) {
                        const double pixel = image(i, j);
                        for (std::size_t k = 0; k < rows; ++k)
                            for (std::size_t l = 0; l < rows; ++l) mine += pixel - double(k) + double(l);
                    }
                    totals[i].fetch_add(mine, std::memory_order_relaxed);
                }
            });
        }
    }
    if (cols == 0) return;
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        sum += totals[i].load(std::memory_order_relaxed);
        sum += double(i);
        image(i, cols - 1) = sum / double(cols) / double(rows);
    }
}
