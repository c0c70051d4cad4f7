// version: slow_thing/serial
// does: Prints a byte every 2 ms for 100 s, so that a parent that looks at limits only in silence never looks.
// threat: parent
// expect: timeout, crash
// alive: endless

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(100);
    while (std::chrono::steady_clock::now() < end) {
        [[maybe_unused]] const auto n = write(1, ".", 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    plain_loops(image);
}
