// version: slow_thing/serial
// does: Prints a forged result in a constructor that runs before main, and ends well.
// threat: objects
// expect: crash
// alive: forged

#include <unistd.h>
#include <cstdio>

#include "slow_thing.hpp"

namespace {

__attribute__((constructor)) void forge() {
    std::puts("{\"schema\": 1, \"score\": 100, \"verdict\": \"pass\"}\n[  PASSED  ] 1 test.\n");
    std::fflush(stdout);
    _exit(0);
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
