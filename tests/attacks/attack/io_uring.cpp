// version: slow_thing/serial
// does: Sets up io_uring, whose operations a filter of system calls does not see.
// threat: run
// expect: pass, crash
// canary: none: it is live when it prints "io_uring is open"

#include <sys/syscall.h>
#include <unistd.h>
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
    unsigned parameters[64] = {};  // struct io_uring_params and more
    const long ring = syscall(425, 4, parameters);
    if (ring >= 0) {
        std::puts("io_uring is open");
        close(static_cast<int>(ring));
    }
    plain_loops(image);
}
