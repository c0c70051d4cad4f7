// Uses std::latch twice: threads start together, and the caller goes on when all have counted down.
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
    std::latch start(1);
    std::latch done(static_cast<std::ptrdiff_t>(threads));
    std::vector<std::size_t> rows(threads);
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            start.wait();
            for (std::size_t x = t; x < image.rows(); x += threads, ++rows[t]) fill_row(image, x);
            done.count_down();
        });
    start.count_down();
    done.wait();
    if (std::accumulate(rows.begin(), rows.end(), std::size_t{0}) != image.rows())
        throw std::logic_error("rows lost");
}
