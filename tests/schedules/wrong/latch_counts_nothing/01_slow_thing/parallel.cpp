// wrong: a thread that loses the race for the last row counts down too, so the latch opens early.
#include "slow_thing.hpp"

namespace {

std::vector<double> slow_row(std::size_t x, std::size_t cols) {
    std::vector<double> row(cols);
    for (std::size_t y = 0; y < cols; ++y)
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) row[y] += double(x);
            row[y] += double(y);
        }
    return row;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t cols = image.cols();
    std::vector<std::atomic<double>> result(image.rows() * cols);
    std::latch rows_left(std::ptrdiff_t(image.rows()));
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        while (next < image.rows()) {
            const std::size_t x = next++;
            if (x < image.rows()) {
                const std::vector<double> row = slow_row(x, cols);
                for (std::size_t y = 0; y < cols; ++y) result[x * cols + y] = row[y];
            }
            rows_left.count_down();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    rows_left.wait();
    std::ranges::copy(result, image.pixels().begin());
}
