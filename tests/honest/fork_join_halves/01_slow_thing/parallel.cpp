// right: fork and join: a block and its threads are halved until one thread is left for a block
#include "slow_thing.hpp"

namespace {

void compute(kit::Image& image, std::size_t top, std::size_t bottom, std::size_t left, std::size_t right) {
    for (std::size_t x = top; x < bottom; ++x) {
        for (std::size_t y = left; y < right; ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}

void divide(kit::Image& image, std::size_t top, std::size_t bottom, std::size_t left, std::size_t right,
            unsigned threads) {
    const std::size_t height = bottom - top, width = right - left;
    if (threads == 1 || height * width <= 1) {
        compute(image, top, bottom, left, right);
        return;
    }
    const unsigned theirs = threads / 2, ours = threads - theirs;
    if (height >= width) {
        const std::size_t middle = top + height * theirs / threads;
        std::jthread other(
            [&image, top, middle, left, right, theirs] { divide(image, top, middle, left, right, theirs); });
        divide(image, middle, bottom, left, right, ours);
    } else {
        const std::size_t middle = left + width * theirs / threads;
        std::jthread other([&image, top, bottom, left, middle, theirs] {
            divide(image, top, bottom, left, middle, theirs);
        });
        divide(image, top, bottom, middle, right, ours);
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    divide(image, 0, image.rows(), 0, image.cols(), threads);
}
