// version: slow_thing/serial
// does: Writes garbage to every descriptor from 3 to 1023.
// threat: parent
// expect: crash, wrong, timeout
// alive: file ledger

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    static const char garbage[4096] = {'#', '#', '#'};
    for (int fd = 3; fd < 1024; ++fd) [[maybe_unused]] const auto n = write(fd, garbage, sizeof garbage);
}
