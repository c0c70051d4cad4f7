// version: slow_thing/serial
// does: Leaves a daemon behind by forking twice with a session of its own; it lives for 30 s.
// threat: run
// expect: pass, crash
// canary: process

#include <sys/wait.h>
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
    static bool once = false;
    if (!once) {
        once = true;
        const pid_t child = fork();
        if (child == 0) {
            setsid();
            if (fork() == 0) {
                for (int fd = 0; fd < 64; ++fd) close(fd);
                sleep(30);
            }
            _exit(0);
        }
        if (child > 0) waitpid(child, nullptr, 0);
    }
    plain_loops(image);
}
