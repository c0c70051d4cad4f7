// version: slow_thing/serial
// does: Never returns, sleeping.
// threat: parent
// expect: timeout
// alive: endless

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
}
