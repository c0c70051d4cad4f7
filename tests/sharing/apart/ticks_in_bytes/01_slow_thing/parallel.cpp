// Each thread counts its additions in a local byte.
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    std::vector<std::uint8_t> ticks(threads);
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            std::uint8_t tick = 0;
            for (std::size_t x = t; x < rows; x += threads)
                for (std::size_t y = 0; y < cols; ++y) {
                    double sum = 0;
                    for (int i = 0; i < 1000; ++i) {
                        for (int j = 0; j < 100; ++j) {
                            sum += static_cast<double>(x);
                            ++tick;
                        }
                        sum += static_cast<double>(y);
                    }
                    image(x, y) = sum;
                }
            ticks[t] = tick;
        });
}
