// version: slow_thing/serial
// does: Leaves a file beside its own program, in the cache of what is built, from which every submission's reference is started.
// threat: run
// expect: pass
// canary: none: it is live when it prints "the cache is open"

#include <fcntl.h>
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
    char program[4096] = {};
    if (readlink("/proc/self/exe", program, sizeof program - 8) > 0) {
        const std::string mark = std::string(program) + ".mark";
        const int file = open(mark.c_str(), O_CREAT | O_WRONLY, 0644);
        if (file >= 0) {
            std::puts("the cache is open");
            close(file);
            unlink(mark.c_str());
        }
    }
    plain_loops(image);
}
