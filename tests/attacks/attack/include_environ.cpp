// version: slow_thing/serial
// does: Includes the environment and the command line of the compiler, so that they are quoted in its diagnostics.
// threat: build
// expect: build_error, wrong
// alive: never with g++ 12, to which files of /proc look empty

#include "slow_thing.hpp"

#include "/proc/self/cmdline"
#include "/proc/self/environ"

void slow_thing::serial(kit::Image&) {}
