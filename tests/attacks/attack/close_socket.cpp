// version: slow_thing/serial
// does: Closes its connection to the grader.
// threat: parent
// expect: crash
// alive: silent

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    close(3);
}
