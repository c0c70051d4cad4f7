// Goes in front of every program here: the lesson's work, to be shared out.

#include <queue>

#include "slow_thing.hpp"

namespace {

void work_on_pixel(kit::Image& image, std::size_t x, std::size_t y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
        sum += static_cast<double>(y);
    }
    image(x, y) = sum;
}

void work_on_rows(kit::Image& image, std::size_t first, std::size_t last) {
    for (std::size_t x = first; x < last; ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) work_on_pixel(image, x, y);
}

/// The first row of thread t's even share.
[[maybe_unused]] std::size_t share(const kit::Image& image, std::size_t t, std::size_t threads) {
    return t * image.rows() / threads;
}

}  // namespace
