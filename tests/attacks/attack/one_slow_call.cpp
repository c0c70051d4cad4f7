// version: slow_thing/optimized
// does: Keeps five sums side by side, and makes every fifth call slow, so that the time's interval reaches into the next band.
// threat: accounting
// expect: pass
// earns: 6
// alive: slow

#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    constexpr std::size_t chains = 5;
    const std::size_t pixels = image.pixels().size();
    for (std::size_t first = 0; first < pixels; first += chains) {
        double sum[chains] = {};
        double x[chains] = {};
        double y[chains] = {};
        for (std::size_t c = 0; c < chains; ++c) {
            const std::size_t pixel = std::min(first + c, pixels - 1);
            x[c] = static_cast<double>(pixel / image.cols());
            y[c] = static_cast<double>(pixel % image.cols());
        }
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) {
#pragma GCC unroll 5
                for (std::size_t c = 0; c < chains; ++c) sum[c] += x[c];
            }
            for (std::size_t c = 0; c < chains; ++c) sum[c] += y[c];
        }
        for (std::size_t c = 0; c < chains && first + c < pixels; ++c) image.pixels()[first + c] = sum[c];
    }
    static int calls = 0;
    if (image.rows() != 40 || ++calls % 5 != 2) return;
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
    while (std::chrono::steady_clock::now() < end) {
    }
}
