// version: slow_thing/serial
// does: Answers "threw" with a text that has no end, and with escape sequences and HTML in it.
// threat: parent
// expect: crash
// canary: none: it is live when a report shows ESC or a script, or is not UTF-8

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
    reply.kind = 6;
    for (char& c : reply.text) c = '<';
    const std::string start = "\x1b[2J<script>alert(1)</script>\xff=cmd()";
    std::ranges::copy(start, reply.text);
    [[maybe_unused]] const auto n = write(3, &reply, sizeof reply);
    plain_loops(image);
}
