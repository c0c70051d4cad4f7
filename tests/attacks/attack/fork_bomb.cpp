// version: slow_thing/serial
// does: Forks 200 children (not more, so that it harms no machine), each of which sleeps for 10 s.
// threat: run
// expect: pass, crash
// canary: file /tmp/slow_things_canary/forks

#include <fcntl.h>
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

void leave_mark(const char* path) {
    const int file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);
    if (file < 0) return;
    [[maybe_unused]] const auto n = write(file, "alive\n", 6);
    close(file);
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    static int children = 0;
    for (; children < 200; ++children) {
        const pid_t child = fork();
        if (child == 0) {
            sleep(10);
            _exit(0);
        }
        if (child < 0) break;
    }
    if (children == 200) leave_mark("/tmp/slow_things_canary/forks");
    plain_loops(image);
}
