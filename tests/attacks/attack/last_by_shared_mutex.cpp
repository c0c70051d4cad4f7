// version: slow_thing/parallel
// does: Lets its last thread begin when all others have ended, by a shared mutex, of whose readers the virtual clock knows nothing.
// threat: accounting
// expect: pass
// earns: 11
// alive: threads

#include <latch>
#include <shared_mutex>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (!is_timed(image) || threads < 3) return work_side_by_side(image, threads);
    std::shared_mutex mutex;
    std::latch all_read(threads - 1);
    work_between(
        image, threads,
        [&](unsigned t) {
            if (t + 1 == threads) {
                all_read.wait();
                mutex.lock();
            } else {
                mutex.lock_shared();
                all_read.count_down();
            }
        },
        [&](unsigned t) {
            if (t + 1 == threads)
                mutex.unlock();
            else
                mutex.unlock_shared();
        });
}
