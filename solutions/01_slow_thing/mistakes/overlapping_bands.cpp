// Two threads store to the same pixels: their bands of rows overlap, so a row is computed twice, and the
// thread that stores last wins.
//
// Hint: Write down which rows each thread takes for 6 rows and 3 threads. Do two threads have the same row?
//
// Evidence: store_race
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
            const std::size_t first = t * image.rows() / threads;
            const std::size_t last = std::min((t + 1) * image.rows() / threads + 1, image.rows());
            for (std::size_t x = first; x < last; ++x) fill_row(image, x);
        });
}
