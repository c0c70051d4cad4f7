// version: slow_thing/serial
// does: Writes garbage to every descriptor from 3 to 1023.
// threat: parent
// expect: crash, wrong, timeout
// canary: none: it is live when a file or pipe of the grader's caller holds the garbage

#include <unistd.h>

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
    static const char garbage[4096] = {'#', '#', '#'};
    for (int fd = 3; fd < 1024; ++fd) [[maybe_unused]] const auto n = write(fd, garbage, sizeof garbage);
}
