// version: slow_thing/serial
// does: Includes a file that never ends (without a limit of memory it takes all of the machine: run it behind one).
// threat: build
// expect: build_error
// alive: bomb

#include "slow_thing.hpp"

#include "/dev/zero"

void slow_thing::serial(kit::Image&) {}
