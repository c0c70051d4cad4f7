// Four sums for each thread in a table, with two cache lines for each thread.
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    std::vector<double> parts(4 * threads * 8 + 32);
    const auto part = [&parts](std::size_t i, unsigned t) -> double& { return parts[32 * t + 16 + i]; };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < rows; x += threads)
                for (std::size_t y = 0; y < cols; ++y) {
                    for (std::size_t i = 0; i < 4; ++i) part(i, t) = 0;
                    for (std::size_t i = 0; i < 1000; ++i) {
                        for (std::size_t j = 0; j < 100; ++j) part(j % 4, t) += static_cast<double>(x);
                        part(i % 4, t) += static_cast<double>(y);
                    }
                    image(x, y) = part(0, t) + part(1, t) + part(2, t) + part(3, t);
                }
        });
    team.clear();
}
