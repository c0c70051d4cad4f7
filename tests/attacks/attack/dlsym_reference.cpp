// version: slow_thing/optimized
// does: Looks for the reference by its symbol in the running program.
// threat: parent
// expect: pass
// canary: points

#include <dlfcn.h>

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

void slow_thing::optimized(kit::Image& image) {
    const auto reference = reinterpret_cast<void (*)(kit::Image&)>(
        dlsym(RTLD_DEFAULT, "_ZN10slow_thing9optimizedERN3kit5ImageE"));
    if (reference != nullptr && reference != slow_thing::optimized) {
        reference(image);
    } else {
        plain_loops(image);
    }
}
