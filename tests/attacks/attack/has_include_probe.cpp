// version: slow_thing/serial
// does: Asks with __has_include which files exist outside, and tells by an error of its own.
// threat: build
// expect: pass
// alive: prints the outside can be seen

#include "slow_thing.hpp"

#if __has_include("/tmp/slow_things_canary/secret.txt") || \
                  __has_include("../solutions/01_slow_thing/serial.cpp")
#error the outside can be seen
#endif

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
