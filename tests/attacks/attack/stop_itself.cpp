// version: slow_thing/serial
// does: Stops itself with SIGSTOP.
// threat: parent
// expect: timeout, crash
// canary: none: it is live when there is no verdict

#include <csignal>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    std::raise(SIGSTOP);
}
