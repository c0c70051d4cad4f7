// version: slow_thing/serial
// does: Prints a byte every 2 ms for 100 s, so that a parent that looks at limits only in silence never looks.
// threat: parent
// expect: timeout, crash
// canary: none: it is live when a call goes on for longer than the limit of wall-clock time

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
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(100);
    while (std::chrono::steady_clock::now() < end) {
        [[maybe_unused]] const auto n = write(1, ".", 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    plain_loops(image);
}
