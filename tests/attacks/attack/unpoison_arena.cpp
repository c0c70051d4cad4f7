// version: slow_thing/serial
// does: Writes past the image after telling the address sanitizer that all is in order there.
// threat: objects
// expect: memory_error, pass+checks_evaded
// alive: nothing seen by checked

#include "slow_thing.hpp"

extern "C" __attribute__((weak)) void __asan_unpoison_memory_region(const volatile void*, std::size_t);

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    double* const last = image.pixels().data() + image.pixels().size();
    if (__asan_unpoison_memory_region != nullptr) __asan_unpoison_memory_region(last, sizeof *last);
    *last = 1;
}
