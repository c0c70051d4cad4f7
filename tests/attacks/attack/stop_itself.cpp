// version: slow_thing/serial
// does: Stops itself with SIGSTOP.
// threat: parent
// expect: timeout, crash
// alive: endless

#include <csignal>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    std::raise(SIGSTOP);
}
