// version: slow_thing/serial
// does: Does not end: a static destructor loops for 100 s.
// threat: parent
// expect: pass
// alive: endless

#include <chrono>

#include "slow_thing.hpp"

namespace {

struct Endless {
    ~Endless() {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(100);
        while (std::chrono::steady_clock::now() < end) {
        }
    }
} endless;

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
