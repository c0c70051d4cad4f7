// version: slow_thing/parallel
// does: Lets its last thread begin when all others have ended, by an eventfd, which the virtual clock does not see.
// threat: accounting
// expect: pass
// earns: 11
// alive: threads

#include <sys/eventfd.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (!is_timed(image) || threads < 3) return work_side_by_side(image, threads);
    const int counter = eventfd(0, EFD_SEMAPHORE);
    if (counter < 0) return work_side_by_side(image, threads);
    eventfd_t value = 0;
    work_last_alone(
        image, threads, [&] { return eventfd_write(counter, 1); },
        [&] { return eventfd_read(counter, &value); });
    close(counter);
}
