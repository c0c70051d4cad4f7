// version: slow_thing/serial
// does: Replaces itself by a shell that writes a file outside and then speaks to the grader.
// threat: run
// expect: crash, timeout, wrong
// alive: file exec

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    execl("/bin/sh", "sh", "-c", "echo alive > /tmp/slow_things_canary/exec; echo done >&3",
          static_cast<char*>(nullptr));
}
