// version: slow_thing/serial
// does: Writes past the image and brings options for the sanitizers that send their reports elsewhere.
// threat: objects
// expect: memory_error
// canary: file /tmp/slow_things_canary/report

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
    double* const last = image.pixels().data() + image.pixels().size();
    *last = 1;
}

extern "C" const char* __asan_default_options() {
    return "log_path=/tmp/slow_things_canary/report:exitcode=0:halt_on_error=0";
}
extern "C" const char* __ubsan_default_options() {
    return "log_path=/tmp/slow_things_canary/report:silence_unsigned_overflow=1";
}
extern "C" void __asan_on_error() {}
