// version: slow_thing/parallel
// does: Lets its last thread begin when all others have ended, by a pthread_barrier, which the virtual clock does not see.
// threat: accounting
// expect: pass
// earns: 11
// alive: threads

#include <pthread.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (!is_timed(image) || threads < 3) return work_side_by_side(image, threads);
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, nullptr, threads);
    const auto meet_if = [&](bool meets) {
        if (meets) pthread_barrier_wait(&barrier);
    };
    work_between(
        image, threads, [&](unsigned t) { meet_if(t + 1 == threads); },
        [&](unsigned t) { meet_if(t + 1 < threads); });
    pthread_barrier_destroy(&barrier);
}
