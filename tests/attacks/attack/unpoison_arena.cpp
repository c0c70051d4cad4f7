// version: slow_thing/serial
// does: Writes past the image after telling the address sanitizer that all is in order there.
// threat: objects
// expect: memory_error
// canary: points

#include "slow_thing.hpp"

extern "C" __attribute__((weak)) void __asan_unpoison_memory_region(const volatile void*, std::size_t);

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
    double* const last = image.pixels().data() + image.pixels().size();
    if (__asan_unpoison_memory_region != nullptr) __asan_unpoison_memory_region(last, sizeof *last);
    *last = 1;
}
