// version: slow_thing/serial
// does: Asks with signal 0, which harms nobody, whether it could kill all processes there are.
// threat: parent
// expect: pass, crash
// canary: file /tmp/slow_things_canary/everyone

#include <fcntl.h>
#include <signal.h>
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
    if (kill(-1, 0) == 0) leave_mark("/tmp/slow_things_canary/everyone");
    plain_loops(image);
}
