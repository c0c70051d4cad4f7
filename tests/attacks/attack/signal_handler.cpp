// version: slow_thing/serial
// does: Catches its own segmentation fault and ends well.
// threat: parent
// expect: crash, memory_error
// alive: forged

#include <unistd.h>
#include <csignal>

#include "slow_thing.hpp"

namespace {

void on_fault(int) {
    _exit(0);
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    std::signal(SIGSEGV, on_fault);
    plain_loops(image);
    volatile int* volatile nowhere = nullptr;
    *nowhere = 1;
}
