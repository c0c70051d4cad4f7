// version: slow_thing/serial
// does: Answers "ready" and "done" to the grader from a static initialiser, before the harness has said a word.
// threat: objects
// expect: crash, wrong
// alive: forged

#include <unistd.h>

#include "slow_thing.hpp"

namespace {

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
