// version: slow_thing/serial
// does: Kills its parent, if that is a grader.
// threat: parent
// expect: pass, crash
// alive: the grader ends

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    if (parent_is_grader()) kill(getppid(), SIGKILL);
    plain_loops(image);
}
