// The shares are uneven: one thread is still working when the others have finished.
//
// Hint: With 48 rows and 16 threads, how many rows does your busiest thread have, and how many would be
// fair?
//
// Evidence: uneven_shares
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
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            const auto border = [&](std::size_t n) { return n * n * image.rows() / threads / threads; };
            for (std::size_t x = border(t); x < border(t + 1); ++x) fill_row(image, x);
        });
}
