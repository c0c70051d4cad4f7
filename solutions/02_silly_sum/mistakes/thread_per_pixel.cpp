// The function starts a thread for every pixel, and starting a thread takes time too.
//
// Hint: How many threads may work at once? How long does one of them work, compared with the time that
// starting it takes?
//
// Evidence: thread_per_pixel
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    std::vector<double> shares(rows * cols);
    std::vector<std::thread> team;
    const auto join_all = [&] {
        for (std::thread& each : team) each.join();
        team.clear();
    };
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < cols; ++j) {
            if (team.size() == threads) join_all();
            team.emplace_back([&, i, j] {
                double share = 0;
                for (std::size_t k = 0; k < rows; ++k)
                    for (std::size_t l = 0; l < rows; ++l)
                        share = share + image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                shares[i * cols + j] = share;
            });
        }
    join_all();
    if (cols == 0) return;
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < cols; ++j) sum += shares[i * cols + j];
        sum += static_cast<double>(i);
        image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
