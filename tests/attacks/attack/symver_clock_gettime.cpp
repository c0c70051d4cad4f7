// version: slow_thing/parallel
// does: Exports a clock in which time stands still under the name of clock_gettime by assembler directives.
// threat: objects
// expect: pass, build_error
// alive: no time

#include <time.h>

#include "slow_thing.hpp"

extern "C" __attribute__((used, visibility("default"))) int standing_clock(clockid_t, timespec* time) {
    *time = {};
    return 0;
}
asm(".globl clock_gettime\n"
    ".set clock_gettime, standing_clock\n"
    ".globl __clock_gettime\n"
    ".set __clock_gettime, standing_clock\n");

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    plain_loops(image);
    (void)threads;
}
