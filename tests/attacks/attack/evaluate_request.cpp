// version: slow_thing/serial
// does: Asks the grader to evaluate an image of absurd extents, which this lesson does not have.
// threat: parent
// expect: crash
// alive: asks

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    Reply reply{};
    reply.kind = 4;
    reply.rows = reply.cols = ~std::uint64_t{0};
    [[maybe_unused]] const auto n = write(3, &reply, sizeof reply);
    plain_loops(image);
}
