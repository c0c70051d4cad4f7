// right: a band of rows is halved by recursion; std::async gets one half, and get() waits for it.
#include "slow_thing.hpp"

namespace {

double slow_pixel(std::size_t x, std::size_t y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
        sum += static_cast<double>(y);
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = slow_pixel(x, y);
}

void fill_rows(kit::Image& image, std::size_t first, std::size_t last, unsigned threads) {
    if (threads == 1 || last - first < 2) {
        for (std::size_t x = first; x < last; ++x) fill_row(image, x);
        return;
    }
    const std::size_t middle = first + (last - first) / 2;
    const unsigned upper_threads = threads / 2;
    auto upper = std::async(std::launch::async, fill_rows, std::ref(image), middle, last, upper_threads);
    fill_rows(image, first, middle, threads - upper_threads);
    upper.get();
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    fill_rows(image, 0, image.rows(), threads);
}
