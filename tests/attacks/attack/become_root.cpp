// version: slow_thing/serial
// does: Tries to become root, and to own a file as root.
// threat: run
// expect: pass, crash
// alive: file root

#include <fcntl.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    if (setresuid(0, 0, 0) == 0 && geteuid() == 0) leave_mark("/tmp/slow_things_canary/root");
    plain_loops(image);
}
