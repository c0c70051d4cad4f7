// version: slow_thing/serial
// does: Puts a function of its own into .init_array by hand, which closes the connection to the grader before main.
// threat: objects
// expect: crash
// canary: none: it has no effect outside of its own program; it is live when no answer comes

#include <unistd.h>

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

void before_main() {
    close(3);
}

__attribute__((section(".init_array"), used)) void (*const entry)() = before_main;

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
