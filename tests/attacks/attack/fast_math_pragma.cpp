// version: slow_thing/optimized
// does: Switches fast-math on with a pragma, so that the compiler may reorder the plain loops.
// threat: accounting
// expect: pass
// alive: fast

#pragma GCC optimize("Ofast")

#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    plain_loops(image);
}
