// right: an atomic counter deals out tiles of 4 × 4 pixels, and the caller works along
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    constexpr std::size_t edge = 4;
    const std::size_t rows = image.rows(), cols = image.cols();
    const std::size_t across = (cols + edge - 1) / edge, down = (rows + edge - 1) / edge;
    std::atomic_size_t next = 0;

    const auto work = [&]() noexcept {
        for (auto tile = next++; tile < across * down; tile = next++) {
            const auto top = tile / across * edge, left = tile % across * edge;
            for (auto x = top; x < std::min(top + edge, rows); ++x) {
                for (auto y = left; y < std::min(left + edge, cols); ++y) {
                    double sum = 0;
                    for (int a = 0; a < 1000; ++a) {
                        for (int b = 0; b < 100; ++b) sum += static_cast<double>(x);
                        sum += static_cast<double>(y);
                    }
                    image(x, y) = sum;
                }
            }
        }
    };

    std::vector<std::jthread> helpers(threads - 1);
    for (auto& helper : helpers) helper = std::jthread(work);
    work();
}
