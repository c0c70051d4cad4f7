// version: slow_thing/serial
// does: Ends well with exit(0) instead of answering.
// threat: parent
// expect: crash
// alive: forged

#include <cstdlib>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    std::exit(0);
}
