// wrong: a thread waits for the table's first entry only and reads a later one too early.
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
    if (image.cols() == 0) return;
    std::vector<std::atomic<double>> columns(image.cols());  // their numbers as double
    std::atomic<std::size_t> filled = 0;
    const auto work = [&](unsigned t) {
        if (t == 0)
            for (std::size_t y = 0; y < image.cols(); ++y) {
                columns[y] = double(y);
                ++filled;
            }
        while (filled == 0) std::this_thread::yield();  // until thread 0 has made the table

        for (std::size_t x = t; x < image.rows(); x += threads)
            for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = slow_pixel(double(x), columns[y]);
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
