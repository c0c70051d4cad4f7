// version: slow_thing/optimized
// does: Looks for the reference by its symbol in the running program.
// threat: parent
// expect: pass
// alive: fast

#include <dlfcn.h>

#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    const auto reference = reinterpret_cast<void (*)(kit::Image&)>(
        dlsym(RTLD_DEFAULT, "_ZN10slow_thing9optimizedERN3kit5ImageE"));
    if (reference != nullptr && reference != slow_thing::optimized) {
        reference(image);
    } else {
        plain_loops(image);
    }
}
