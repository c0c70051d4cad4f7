// version: slow_thing/serial
// does: Answers "done" before it has begun to work.
// threat: parent
// expect: wrong, crash
// alive: forged

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    Reply reply{};
    reply.kind = 2;
    [[maybe_unused]] const auto n = write(3, &reply, sizeof reply);
    plain_loops(image);
}
