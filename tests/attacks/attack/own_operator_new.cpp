// version: slow_thing/serial
// does: Replaces operator new and delete, to leave a mark whenever the harness itself uses them.
// threat: objects
// expect: pass
// alive: file operator_new

#include <fcntl.h>
#include <unistd.h>
#include <cstdlib>
#include <new>

#include "slow_thing.hpp"

namespace {

thread_local bool mine = false;

}  // namespace

void slow_thing::serial(kit::Image& image) {
    mine = true;
    delete new int;
    plain_loops(image);
    mine = false;
}

void* operator new(std::size_t size) {
    if (!mine) leave_mark("/tmp/slow_things_canary/operator_new");
    if (void* const memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
