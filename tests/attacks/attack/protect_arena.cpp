// version: slow_thing/serial
// does: Forbids itself to write to the shared images, once they are right.
// threat: parent
// expect: crash, wrong, memory_error
// alive: died

#include <sys/mman.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    constexpr std::uintptr_t page = 4096;
    plain_loops(image);
    const auto start = reinterpret_cast<std::uintptr_t>(image.pixels().data()) / page * page;
    mprotect(reinterpret_cast<void*>(start), page, PROT_READ);
}
