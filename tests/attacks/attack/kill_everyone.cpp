// version: slow_thing/serial
// does: Asks with signal 0, which harms nobody, whether it could kill all processes there are.
// threat: parent
// expect: pass, crash
// alive: file everyone

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    if (kill(-1, 0) == 0) leave_mark("/tmp/slow_things_canary/everyone");
    plain_loops(image);
}
