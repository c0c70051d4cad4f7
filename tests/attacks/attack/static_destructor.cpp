// version: slow_thing/serial
// does: Prints a forged result and spoils the exit code in a static destructor.
// threat: parent
// expect: pass
// alive: prints "score": 100

#include <unistd.h>
#include <cstdio>

#include "slow_thing.hpp"

namespace {

struct Last {
    ~Last() {
        std::puts("{\"score\": 100}");
        std::fflush(stdout);
        _exit(42);
    }
} last;

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
