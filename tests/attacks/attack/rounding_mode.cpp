// version: slow_thing/serial
// does: Changes the rounding mode of the process for whoever computes after it.
// threat: parent
// expect: pass
// alive: other arithmetic

#include <cfenv>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    std::fesetround(FE_UPWARD);
}
