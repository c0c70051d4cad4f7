// right: the threads stand in a ring, and a binary semaphore for each hands on the running sum
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    if (rows == 0 || cols == 0) return;
    const std::size_t ring = std::min(rows, static_cast<std::size_t>(threads));

    std::vector<std::unique_ptr<std::binary_semaphore>> baton;
    for (std::size_t t = 0; t < ring; ++t)
        baton.push_back(std::make_unique<std::binary_semaphore>(t == 0 ? 1 : 0));
    double sum = 0;  // whoever has the baton may touch it

    auto run = [&](std::size_t me) {
        for (std::size_t i = me; i < rows; i += ring) {
            double share = static_cast<double>(i);
            for (std::size_t j = 0; j < cols; ++j) {
                for (std::size_t k = 0; k < rows; ++k) {
                    for (std::size_t l = 0; l < rows; ++l) {
                        share += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                    }
                }
            }
            baton[me]->acquire();
            sum += share;
            image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
            baton[(me + 1) % ring]->release();
        }
    };

    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < ring; ++t) team.emplace_back(run, t);
}
