// version: slow_thing/serial
// does: Writes a byte every 2 ms into the pipe of the sanitizers for 100 s, to which no limit of output applies.
// threat: parent
// expect: timeout, crash
// alive: endless

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(100);
    while (std::chrono::steady_clock::now() < end) {
        [[maybe_unused]] const auto n = write(5, ".", 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    plain_loops(image);
}
