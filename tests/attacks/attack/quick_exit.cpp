// version: slow_thing/serial
// does: Ends well with quick_exit, past all destructors.
// threat: parent
// expect: crash
// alive: forged

#include <cstdlib>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    std::quick_exit(0);
}
