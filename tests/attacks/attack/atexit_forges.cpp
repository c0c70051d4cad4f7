// version: slow_thing/serial
// does: Prints a forged result when the program ends.
// threat: parent
// expect: pass
// alive: prints "score": 100

#include <cstdio>
#include <cstdlib>

#include "slow_thing.hpp"

namespace {

void forge() {
    std::puts("{\"score\": 100, \"verdict\": \"pass\"}");
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    static const int registered = std::atexit(forge);
    (void)registered;
    plain_loops(image);
}
