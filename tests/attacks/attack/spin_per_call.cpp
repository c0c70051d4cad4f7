// version: slow_thing/serial
// does: Computes for 1.5 s more in each call, which is below the limit of a call, so that all the calls take minutes.
// threat: accounting
// expect: pass, timeout
// within: 60
// alive: slow

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(1500);
    while (std::chrono::steady_clock::now() < end) {
    }
}
