// right: no loop over the pixels: a block is cut in two along its longer side until one pixel is left
#include "slow_thing.hpp"

namespace {

struct Block {
    std::size_t top, left, height, width;
};

double waste_time(double x, double y) {
    double sum = 0;
    for (int i = 0; i != 1000; ++i) {
        for (int j = 0; j != 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}

void fill(kit::Image& image, Block b) {
    if (b.height == 0 || b.width == 0) return;
    if (b.height == 1 && b.width == 1) {
        image(b.top, b.left) = waste_time(double(b.top), double(b.left));
    } else if (b.height >= b.width) {
        const auto half = b.height / 2;
        fill(image, {b.top, b.left, half, b.width});
        fill(image, {b.top + half, b.left, b.height - half, b.width});
    } else {
        const auto half = b.width / 2;
        fill(image, {b.top, b.left, b.height, half});
        fill(image, {b.top, b.left + half, b.height, b.width - half});
    }
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    fill(image, {0, 0, image.rows(), image.cols()});
}
