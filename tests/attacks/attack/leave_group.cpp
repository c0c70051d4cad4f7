// version: slow_thing/serial
// does: Moves into the grader's process group, so that killing its own group misses it, and does not end for 100 s.
// threat: parent
// expect: timeout, crash
// alive: outside its group

#include <fcntl.h>
#include <unistd.h>
#include <chrono>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    if (parent_is_grader()) setpgid(0, getpgid(getppid()));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(100);
    while (std::chrono::steady_clock::now() < end) {
    }
    plain_loops(image);
}
