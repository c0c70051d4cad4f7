// version: slow_thing/serial
// does: Answers "threw" with a text that has no end, and with escape sequences and HTML in it.
// threat: parent
// expect: crash
// alive: active text

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    Reply reply{};
    reply.kind = 6;
    for (char& c : reply.text) c = '<';
    const std::string start = "\x1b[2J<script>alert(1)</script>\xff=cmd()";
    std::ranges::copy(start, reply.text);
    [[maybe_unused]] const auto n = write(3, &reply, sizeof reply);
    plain_loops(image);
}
