// wrong: a worker counts its row as done before it stores it, and the main thread copies too early.
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
    std::vector<std::atomic<double>> result(image.rows() * image.cols());
    std::atomic<std::size_t> left = image.rows();
    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads) {
            const std::vector<double> row = slow_row(x, image.cols());
            --left;
            for (std::size_t y = 0; y < row.size(); ++y) result[x * row.size() + y] = row[y];
            left.notify_one();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    for (std::size_t n = left; n > 0; n = left) left.wait(n);
    std::ranges::copy(result, image.pixels().begin());
}
