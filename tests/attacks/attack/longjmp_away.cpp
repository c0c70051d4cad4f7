// version: slow_thing/serial
// does: Jumps out of the call with longjmp to a place that is long gone.
// threat: parent
// expect: crash, memory_error
// canary: none: it is live when the program dies or answers twice

#include <csetjmp>

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

std::jmp_buf place;

__attribute__((noinline)) bool remember() {
    return setjmp(place) != 0;
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    remember();
    plain_loops(image);
    std::longjmp(place, 1);
}
