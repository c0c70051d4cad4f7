// version: slow_thing/serial
// does: Has helpers without static, which are strong symbols.
// threat: objects
// expect: pass
// canary: none: honest

#include "slow_thing.hpp"

double add_often(double sum, double value, int times) {
    for (int i = 0; i < times; ++i) sum += value;
    return sum;
}

double pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) sum = add_often(sum, x, 100) + y;
    return sum;
}

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y)
            image(x, y) = pixel(static_cast<double>(x), static_cast<double>(y));
}
