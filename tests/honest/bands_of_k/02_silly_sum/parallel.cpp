// right: the loop over k is shared out, so every thread reads every pixel
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    if (cols == 0) return;
    const std::size_t team = std::min<std::size_t>(threads, rows);

    // part[t][i]: what thread t's values of k add in row i
    std::vector<std::vector<double>> part(team);
    std::vector<std::thread> workers;
    for (std::size_t t = 0; t < team; ++t) {
        workers.emplace_back([&, t]() {
            std::vector<double> mine(rows);
            for (std::size_t i = 0; i < rows; ++i) {
                double sum = 0;
                for (std::size_t j = 0; j < cols; ++j)
                    for (std::size_t k = t * rows / team; k < (t + 1) * rows / team; ++k)
                        for (std::size_t l = 0; l < rows; ++l)
                            sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                mine[i] = sum;
            }
            part[t] = std::move(mine);
        });
    }
    for (auto& worker : workers) worker.join();

    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        for (const auto& p : part) sum += p[i];
        sum += static_cast<double>(i);
        image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
