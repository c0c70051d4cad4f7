// version: slow_thing/serial
// does: Sets up io_uring, whose operations a filter of system calls does not see.
// threat: run
// expect: pass, crash
// alive: prints io_uring is open

#include <sys/syscall.h>
#include <unistd.h>
#include <cstdio>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    unsigned parameters[64] = {};  // struct io_uring_params and more
    const long ring = syscall(425, 4, parameters);
    if (ring >= 0) {
        std::puts("io_uring is open");
        close(static_cast<int>(ring));
    }
    plain_loops(image);
}
