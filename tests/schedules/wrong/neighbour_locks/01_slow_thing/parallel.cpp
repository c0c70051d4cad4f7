// wrong: every thread holds its own row's lock and waits for the next one's, all around the ring.
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
    const std::size_t rows = image.rows();
    std::vector<std::mutex> locks(std::max<std::size_t>(rows, 2));
    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < rows; x += threads) {
            const std::vector<double> row = slow_row(x, image.cols());
            // Nobody may write to the row below meanwhile: it may share a cache line with this one.
            std::lock_guard this_row(locks[x]);
            std::lock_guard next_row(locks[(x + 1) % locks.size()]);
            for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = row[y];
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
