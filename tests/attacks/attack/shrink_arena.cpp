// version: slow_thing/serial
// does: Cuts off the shared memory under the grader's feet, so that its next look is a bus error.
// threat: parent
// expect: pass, crash
// alive: died

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    [[maybe_unused]] const int failed = ftruncate(4, 0);
}
