// version: slow_thing/serial
// does: Ends well in a terminate handler of its own.
// threat: parent
// expect: crash
// canary: points

#include <unistd.h>
#include <exception>

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

[[noreturn]] void end_well() {
    _exit(0);
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    std::set_terminate(end_well);
    plain_loops(image);
    std::terminate();
}
