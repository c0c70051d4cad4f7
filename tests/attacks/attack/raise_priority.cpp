// version: slow_thing/serial
// does: Raises its own priority above the grader's (and takes it back after the call).
// threat: accounting
// expect: pass, crash
// alive: prints first in line

#include <sys/resource.h>
#include <cstdio>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    if (setpriority(PRIO_PROCESS, 0, -5) == 0) std::puts("first in line");
    plain_loops(image);
    setpriority(PRIO_PROCESS, 0, 0);
}
