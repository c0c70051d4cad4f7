// Each thread takes rows / threads rows, and nobody takes the rest. The rows that are left over stay as they
// were.
//
// Hint: With 7 rows and 3 threads, which rows does each of your threads take?
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
    const std::size_t share = image.rows() / threads;
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([&, share, t] {
            for (std::size_t x = t * share; x < (t + 1) * share; ++x)
                for (std::size_t y = 0; y < image.cols(); ++y)
                    image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
        });
}
