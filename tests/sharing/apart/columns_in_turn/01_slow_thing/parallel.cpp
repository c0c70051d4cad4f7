// Columns in turn, too, but each pixel is stored once.
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, rows, cols, threads, t] {
            for (std::size_t x = 0; x < rows; ++x)
                for (std::size_t y = t; y < cols; y += threads) {
                    double sum = 0;
                    for (int i = 0; i < 1000; ++i) {
                        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                        sum += static_cast<double>(y);
                    }
                    image(x, y) = sum;
                }
        });
}
