// version: slow_thing/serial
// does: Includes the environment and the command line of the compiler, so that they are quoted in its
// diagnostics. threat: build expect: build_error canary: none: it is live when the diagnostics quote a
// variable such as HOME= or a path of the machine

#include "slow_thing.hpp"

#include "/proc/self/cmdline"
#include "/proc/self/environ"

void slow_thing::serial(kit::Image&) {}
