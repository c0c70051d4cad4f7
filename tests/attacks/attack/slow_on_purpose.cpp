// version: slow_thing/serial
// does: Sleeps and spins, to make what is compared with it look fast.
// threat: accounting
// expect: pass
// alive: slow

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    plain_loops(image);
}
