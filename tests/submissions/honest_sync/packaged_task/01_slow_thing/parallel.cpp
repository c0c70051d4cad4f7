// Uses std::packaged_task, run by a std::jthread, and its future.
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

std::vector<double> row(std::size_t x, std::size_t cols) {
    std::vector<double> pixels(cols);
    for (std::size_t y = 0; y < cols; ++y)
        pixels[y] = slow_pixel(static_cast<double>(x), static_cast<double>(y));
    return pixels;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::future<std::vector<double>>> rows(image.rows());
    std::vector<std::vector<std::packaged_task<std::vector<double>()>>> work(threads);
    for (std::size_t x = 0; x < image.rows(); ++x)
        rows[x] = work[x % threads].emplace_back([&, x] { return row(x, image.cols()); }).get_future();
    std::vector<std::jthread> team;  // ends before the tasks that it runs
    for (auto& tasks : work)
        team.emplace_back([&] {
            for (auto& task : tasks) task();
        });
    for (std::size_t x = 0; x < image.rows(); ++x)
        std::ranges::copy(rows[x].get(), image.pixels().subspan(x * image.cols()).begin());
}
