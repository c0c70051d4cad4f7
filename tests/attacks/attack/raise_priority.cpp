// version: slow_thing/serial
// does: Raises its own priority above the grader's (and takes it back after the call).
// threat: accounting
// expect: pass, crash
// canary: none: it is live when it prints "first in line"

#include <sys/resource.h>
#include <cstdio>

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
    if (setpriority(PRIO_PROCESS, 0, -5) == 0) std::puts("first in line");
    plain_loops(image);
    setpriority(PRIO_PROCESS, 0, 0);
}
