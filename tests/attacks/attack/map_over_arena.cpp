// version: slow_thing/serial
// does: Maps memory of its own over the shared images.
// threat: parent
// expect: wrong, crash, memory_error
// alive: forged

#include <sys/mman.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    constexpr std::uintptr_t page = 4096;
    const auto start = reinterpret_cast<std::uintptr_t>(image.pixels().data()) / page * page;
    mmap(reinterpret_cast<void*>(start), page, PROT_READ | PROT_WRITE,
         MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    plain_loops(image);
}
