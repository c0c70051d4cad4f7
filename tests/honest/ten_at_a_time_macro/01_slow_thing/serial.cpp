// right: a macro writes ten additions in a row, still one after the other
#include "slow_thing.hpp"

#define TEN(what) what what what what what what what what what what

void slow_thing::serial(kit::Image& image) {
    const std::size_t n = image.rows() * image.cols();
    for (std::size_t index = 0; index < n; ++index) {
        const double x = double(index / image.cols());
        const double y = double(index % image.cols());
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 10; ++j) {
                TEN(sum += x;)
            }
            sum += y;
        }
        image(index / image.cols(), index % image.cols()) = sum;
    }
}

#undef TEN
