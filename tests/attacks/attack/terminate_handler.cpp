// version: slow_thing/serial
// does: Ends well in a terminate handler of its own.
// threat: parent
// expect: crash
// alive: forged

#include <unistd.h>
#include <exception>

#include "slow_thing.hpp"

namespace {

[[noreturn]] void end_well() {
    _exit(0);
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    std::set_terminate(end_well);
    plain_loops(image);
    std::terminate();
}
