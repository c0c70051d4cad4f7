// version: slow_thing/parallel
// does: Answers at once and finishes the image in a thread in the background.
// threat: accounting
// expect: wrong, race, memory_error, crash
// alive: forged

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const kit::Image* const there = &image;
    (void)there;
    (void)threads;
    std::thread([pixels = image.pixels(), rows = image.rows(), cols = image.cols()] {
        kit::Image own = kit::MappedImage::over(pixels.data(), rows, cols);
        plain_loops(own);
    }).detach();
}
