// version: slow_thing/serial
// does: Puts a function of its own into .init_array by hand, which closes the connection to the grader before main.
// threat: objects
// expect: crash
// alive: exit 1

#include <unistd.h>

#include "slow_thing.hpp"

namespace {

void before_main() {
    close(3);
}

__attribute__((section(".init_array"), used)) void (*const entry)() = before_main;

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
