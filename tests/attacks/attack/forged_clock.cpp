// version: slow_thing/parallel
// does: Takes over the connection to the grader, works on one thread, and claims a perfect speed-up.
// threat: parent
// expect: pass
// alive: speed-up

#include <time.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
#if defined(KIT_CHECKED) || defined(__SANITIZE_THREAD__)
    plain_loops(image);
    (void)threads;
    (void)take_over;
#else
    take_over(image, threads);
#endif
}
