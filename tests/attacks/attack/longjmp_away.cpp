// version: slow_thing/serial
// does: Jumps out of the call with longjmp to a place that is long gone.
// threat: parent
// expect: crash, memory_error
// alive: died

#include <csetjmp>

#include "slow_thing.hpp"

namespace {

std::jmp_buf place;

__attribute__((noinline)) bool remember() {
    return setjmp(place) != 0;
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    remember();
    plain_loops(image);
    std::longjmp(place, 1);
}
