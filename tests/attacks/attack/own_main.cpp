// version: slow_thing/serial
// does: Has a main of its own, which prints a forged result and ends well.
// threat: objects
// expect: pass
// alive: forged

#include <unistd.h>
#include <cstdio>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}

int main() {
    std::puts("{\"schema\": 1, \"score\": 100, \"verdict\": \"pass\"}\n[  PASSED  ] 1 test.\n");
    std::fflush(stdout);
    _exit(0);
}
