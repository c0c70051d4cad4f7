// Uses std::async to split the rows in halves, again and again, down to one share a thread.
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

void fill_rows(kit::Image& image, std::size_t first, std::size_t last, unsigned threads) {
    if (threads < 2 || last - first < 2) {
        for (std::size_t x = first; x < last; ++x) fill_row(image, x);
        return;
    }
    const std::size_t middle = first + (last - first) / 2;
    auto half = std::async(std::launch::async, [&] { fill_rows(image, first, middle, threads / 2); });
    fill_rows(image, middle, last, threads - threads / 2);
    half.get();
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    fill_rows(image, 0, image.rows(), threads);
}
