// version: slow_thing/parallel
// does: Lets its last thread begin when all others have ended: each holds a mutex of its own meanwhile, and by the virtual clock a mutex orders no threads.
// threat: accounting
// expect: pass
// earns: 11
// alive: threads

#include <latch>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (!is_timed(image) || threads < 3) return work_side_by_side(image, threads);
    std::vector<std::mutex> works(threads);
    std::latch all_work(threads - 1);
    work_between(
        image, threads,
        [&](unsigned t) {
            if (t + 1 < threads) {
                works[t].lock();
                all_work.count_down();
                return;
            }
            all_work.wait();
            for (unsigned other = 0; other < t; ++other) const std::scoped_lock ended(works[other]);
        },
        [&](unsigned t) {
            if (t + 1 < threads) works[t].unlock();
        });
}
