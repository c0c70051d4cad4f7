// The threads are detached, so the function returns while they are still working, on an image and on
// variables that may no longer exist.
//
// Hint: When your function returns, which threads have finished? What could wait for the others?
//
// Evidence: detach_called
#include "slow_thing.hpp"

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    for (std::size_t t = 0; t < threads; ++t)
        std::thread([&image, threads, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        }).detach();
}
