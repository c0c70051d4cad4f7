// version: slow_thing/parallel
// does: Brings a weak clock_gettime in which time stands still, and does all the work on one thread.
// threat: objects
// expect: pass
// alive: no time

#include <time.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    plain_loops(image);
    (void)threads;
}

extern "C" __attribute__((weak)) int clock_gettime(clockid_t, timespec* time) noexcept {
    *time = {};
    return 0;
}
