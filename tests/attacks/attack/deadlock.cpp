// version: slow_thing/parallel
// does: Locks the same mutex twice.
// threat: parent
// expect: timeout
// alive: endless

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    plain_loops(image);
    (void)threads;
    std::mutex mutex;
    mutex.lock();
    mutex.lock();
}
