// version: slow_thing/serial
// does: Writes a file outside.
// threat: run
// expect: pass, crash
// alive: file written

#include <fcntl.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    leave_mark("/tmp/slow_things_canary/written");
    plain_loops(image);
}
