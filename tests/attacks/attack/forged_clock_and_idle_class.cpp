// version: slow_thing/parallel
// does: Works on one thread and claims a perfect speed-up, with threads of the idle class beside it, which can run but hardly do.
// threat: parent
// expect: pass
// alive: speed-up

#include <sched.h>
#include <time.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
#if defined(KIT_CHECKED) || defined(__SANITIZE_THREAD__)
    plain_loops(image);
    (void)threads;
    (void)take_over;
#else
    if (image.rows() > 13) {  // not in the checks
        for (int i = 0; i < 15; ++i)
            std::thread([] {
                const sched_param lowest{};
                sched_setscheduler(0, SCHED_IDLE, &lowest);
                for (volatile bool forever = true; forever;) {
                }
            }).detach();
        take_over(image, threads);
    }
    plain_loops(image);
#endif
}
