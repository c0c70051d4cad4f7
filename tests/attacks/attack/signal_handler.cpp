// version: slow_thing/serial
// does: Catches its own segmentation fault and ends well.
// threat: parent
// expect: crash, memory_error
// canary: points

#include <unistd.h>
#include <csignal>

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

void on_fault(int) {
    _exit(0);
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    std::signal(SIGSEGV, on_fault);
    plain_loops(image);
    volatile int* volatile nowhere = nullptr;
    *nowhere = 1;
}
