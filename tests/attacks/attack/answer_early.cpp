// version: slow_thing/serial
// does: Answers "done" before it has begun to work.
// threat: parent
// expect: wrong, crash
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
    std::uint64_t rows, cols, value;
    std::uint64_t span_ns, work_ns, most_held_ns, starting_ns, caller_ns, longest_ns, threads;
    char text[224];
};

}  // namespace

void slow_thing::serial(kit::Image& image) {
    Reply reply{};
    reply.kind = 2;
    [[maybe_unused]] const auto n = write(3, &reply, sizeof reply);
    plain_loops(image);
}
