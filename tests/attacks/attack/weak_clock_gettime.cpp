// version: slow_thing/parallel
// does: Brings a weak clock_gettime in which time stands still, and does all the work on one thread.
// threat: objects
// expect: pass
// canary: points

#include <time.h>

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
    plain_loops(image);
    (void)threads;
}

extern "C" __attribute__((weak)) int clock_gettime(clockid_t, timespec* time) noexcept {
    *time = {};
    return 0;
}
