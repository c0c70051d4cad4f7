// version: slow_thing/parallel
// does: Answers at once and finishes the image in a thread in the background.
// threat: accounting
// expect: wrong, race, memory_error, crash
// canary: points

#include "slow_thing.hpp"

namespace {

void plain_loops(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const kit::Image* const there = &image;
    (void)there;
    (void)threads;
    std::thread([pixels = image.pixels(), rows = image.rows(), cols = image.cols()] {
        kit::Image own = kit::MappedImage::over(pixels.data(), rows, cols);
        plain_loops(own);
    }).detach();
}
