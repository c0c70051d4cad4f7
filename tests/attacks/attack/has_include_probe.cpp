// version: slow_thing/serial
// does: Asks with __has_include which files exist outside, and tells by an error of its own.
// threat: build
// expect: pass
// canary: none: it is live when the verdict is build_error with "the outside can be seen"

#include "slow_thing.hpp"

#if __has_include("/tmp/slow_things_canary/secret.txt") || \
                  __has_include("../solutions/01_slow_thing/serial.cpp")
#error the outside can be seen
#endif

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

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
