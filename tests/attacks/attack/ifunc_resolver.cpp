// version: slow_thing/serial
// does: Runs code before main, while the program is still being relocated, in the resolver of an ifunc.
// threat: objects
// expect: pass, crash, build_error
// alive: file ifunc

#include <fcntl.h>
#include <sys/syscall.h>

#include "slow_thing.hpp"

namespace {

/// Before anything is initialised: no C library.
__attribute__((no_sanitize("address", "thread", "undefined"))) long raw_call(long number, long a, long b,
                                                                             long c) {
    long result = 0;
    asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
    return result;
}

void nothing() {}

}  // namespace

extern "C" {
__attribute__((no_sanitize("address", "thread", "undefined"))) static void (*resolve())() {
    const long file =
        raw_call(SYS_open, reinterpret_cast<long>("/tmp/slow_things_canary/ifunc"), O_CREAT | O_WRONLY, 0644);
    if (file >= 0) raw_call(SYS_close, file, 0, 0);
    return nothing;
}
void chosen() __attribute__((ifunc("resolve"), visibility("hidden")));
}

void slow_thing::serial(kit::Image& image) {
    chosen();
    plain_loops(image);
}
