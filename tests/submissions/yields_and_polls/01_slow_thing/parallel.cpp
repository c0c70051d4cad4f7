// Threads yield after each pixel, and then poll until the slowest one is done.
#include "slow_thing.hpp"

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
        std::this_thread::yield();
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic<unsigned> left = threads;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
            --left;
            while (left > 0) std::this_thread::yield();
        });
}
