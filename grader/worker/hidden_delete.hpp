// For one file of a program, after it has said what `void forget_freed(void* memory)` does with memory that
// is about to be freed: what is allocated there next is another object.
//
// These hide the C++ library's operators. All other forms of delete call them. (A `free` of our own would
// deadlock: the dynamic linker frees under its lock, and takes that lock when a thread is created.)

#include <cstdlib>
#include <new>

namespace {

[[gnu::noinline]] void give_back(void* memory) {  // inlined, g++ warns that a delete calls free
    if (memory != nullptr) forget_freed(memory);
    std::free(memory);
}

}  // namespace

// NOLINTBEGIN(misc-definitions-in-headers)
void operator delete(void* memory) noexcept {
    give_back(memory);
}

void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept {
    give_back(memory);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept {
    give_back(memory);
}

void operator delete(void* memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
    give_back(memory);
}
// NOLINTEND(misc-definitions-in-headers)
