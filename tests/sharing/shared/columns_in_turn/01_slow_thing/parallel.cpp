// Columns in turn, the thousand rounds outermost: neighbours in a row belong to different threads.
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, rows, cols, threads, t] {
            for (std::size_t x = 0; x < rows; ++x) {
                for (std::size_t y = t; y < cols; y += threads) image(x, y) = 0;
                for (int i = 0; i < 1000; ++i)
                    for (std::size_t y = t; y < cols; y += threads) {
                        double part = 0;
                        for (int j = 0; j < 100; ++j) part += static_cast<double>(x);
                        image(x, y) += part + static_cast<double>(y);
                    }
            }
        });
}
