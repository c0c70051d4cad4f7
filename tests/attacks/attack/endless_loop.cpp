// version: slow_thing/serial
// does: Never returns, computing.
// threat: parent
// expect: timeout
// alive: endless

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    for (volatile bool forever = true; forever;) {
    }
}
