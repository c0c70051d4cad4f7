// Uses std::counting_semaphore: one thread per row, at most `threads` of them at work; a binary one guards
// a sum.
#include "slow_thing.hpp"

namespace {

double slow_pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y)
        image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::counting_semaphore<> seats(static_cast<std::ptrdiff_t>(threads));
    std::binary_semaphore guard(1);
    std::size_t filled = 0;
    std::vector<std::jthread> team;
    for (std::size_t x = 0; x < image.rows(); ++x) {
        seats.acquire();
        team.emplace_back([&, x] {
            fill_row(image, x);
            guard.acquire();
            ++filled;
            guard.release();
            seats.release();
        });
    }
}
