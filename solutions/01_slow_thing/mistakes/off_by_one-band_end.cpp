// The last row of each thread's band stays as it was: the loop over the band ends one row too early.
//
// Hint: A thread has rows 4 to 8, not including 8. Which rows does your loop visit?
//
// Evidence: answers
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

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            const std::size_t first = t * image.rows() / threads;
            const std::size_t last = (t + 1) * image.rows() / threads;
            for (std::size_t x = first; x + 1 < last; ++x)
                for (std::size_t y = 0; y < image.cols(); ++y)
                    image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
        });
}
