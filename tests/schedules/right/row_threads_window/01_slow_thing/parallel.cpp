// right: a thread for each row; the oldest is joined before there would be more than allowed.
#include "slow_thing.hpp"

#include <deque>

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

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::deque<std::jthread> window;
    for (std::size_t x = 0; x < image.rows(); ++x) {
        if (window.size() == threads) window.pop_front();
        window.emplace_back([&image, x] { fill_row(image, x); });
    }
}
