// version: slow_thing/serial
// does: Closes its connection to the grader.
// threat: parent
// expect: crash
// canary: none: it has no effect outside; it is live when no answer comes

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    close(3);
}
