// version: slow_thing/serial
// does: Includes a secret file, so that the compiler quotes it in its diagnostics.
// threat: build
// expect: build_error
// alive: secret told

#include "slow_thing.hpp"

#include "/tmp/slow_things_canary/secret.txt"

void slow_thing::serial(kit::Image&) {}
