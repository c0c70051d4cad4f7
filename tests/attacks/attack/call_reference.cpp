// version: slow_thing/serial
// does: Calls the other versions' functions, in the hope that the reference is linked in.
// threat: parent
// expect: build_error
// alive: fast

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    slow_thing::optimized(image);
}
