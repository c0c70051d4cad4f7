// version: slow_thing/parallel
// does: Lets only half of the threads work at a time, by a POSIX semaphore, which the virtual clock does not see; two may, so that the audit sees nothing.
// threat: accounting
// expect: pass
// earns: 11
// alive: threads

#include <semaphore.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (!is_timed(image)) return work_side_by_side(image, threads);
    sem_t free;
    sem_init(&free, 0, threads < 8 ? std::max(2U, threads - 1) : threads / 2);
    work_between(
        image, threads, [&](unsigned) { sem_wait(&free); }, [&](unsigned) { sem_post(&free); });
    sem_destroy(&free);
}
