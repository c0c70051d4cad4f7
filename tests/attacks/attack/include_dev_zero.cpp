// version: slow_thing/serial
// does: Includes a file that never ends (without a limit of memory it takes all of the machine: run it behind one).
// threat: build
// expect: build_error
// canary: none: it is live when the compiler takes more than a gigabyte

#include "slow_thing.hpp"

#include "/dev/zero"

void slow_thing::serial(kit::Image&) {}
