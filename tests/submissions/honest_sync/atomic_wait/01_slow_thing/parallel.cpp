// Uses atomic::wait and notify: threads wait for the start and the caller for the last of them.
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
    std::atomic<int> started = 0;
    std::atomic<unsigned> at_work = threads;
    std::vector<std::size_t> rows(threads);
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            started.wait(0);
            for (std::size_t x = t; x < image.rows(); x += threads, ++rows[t]) fill_row(image, x);
            if (at_work.fetch_sub(1) == 1) at_work.notify_one();
        });
    started = 1;
    started.notify_all();
    for (unsigned left = at_work; left > 0; left = at_work) at_work.wait(left);
    for (const std::size_t r : rows)
        if (r > image.rows()) throw std::logic_error("too many rows");
}
