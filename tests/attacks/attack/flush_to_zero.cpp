// version: slow_thing/serial
// does: Makes the processor flush denormal numbers to zero from now on.
// threat: parent
// expect: pass
// canary: none: a process cannot change another's; it is live when the harness would compute with it

#include <xmmintrin.h>

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

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    _mm_setcsr(_mm_getcsr() | 0x8040U);
}
