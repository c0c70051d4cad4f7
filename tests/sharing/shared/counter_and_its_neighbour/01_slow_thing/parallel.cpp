// All threads read a number that lies beside a counter, which the first of them counts up.
#include "slow_thing.hpp"

namespace {
struct Shared {
    volatile std::uint64_t pixels = 0;  // for a progress bar, counted by the first thread only
    double one = 1;
};
}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    Shared shared;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, &shared, rows, cols, threads, t] {
            const volatile double& one = shared.one;
            for (std::size_t x = t; x < rows; x += threads)
                for (std::size_t y = 0; y < cols; ++y) {
                    double sum = 0;
                    for (int i = 0; i < 1000; ++i) {
                        for (int j = 0; j < 100; ++j) {
                            sum += static_cast<double>(x) * one;
                            if (t == 0) shared.pixels = shared.pixels + 1;
                        }
                        sum += static_cast<double>(y);
                    }
                    image(x, y) = sum;
                }
        });
}
