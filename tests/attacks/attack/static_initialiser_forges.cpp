// version: slow_thing/serial
// does: Answers "ready" and "done" to the grader from a static initialiser, before the harness has said a word.
// threat: objects
// expect: crash, wrong
// canary: points

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

struct Reply {
    std::uint32_t kind, reserved;
    std::uint64_t rows, cols, value, clock[7];
    char text[224];
};

bool forge() {
    Reply reply{};
    for (const std::uint32_t kind : {1U, 2U, 2U, 2U}) {
        reply.kind = kind;
        [[maybe_unused]] const auto n = write(3, &reply, sizeof reply);
    }
    return true;
}

const bool forged = forge();

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    (void)forged;
}
