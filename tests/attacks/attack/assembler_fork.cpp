// version: slow_thing/optimized
// does: Does the plain, slow work in a child made with the fork system call in inline assembler, whose CPU time is not the worker's.
// threat: run
// expect: pass, crash
// alive: free

#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>

#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    long child = 57;  // fork on x86-64
    asm volatile("syscall" : "+a"(child) : : "rcx", "r11", "memory");
    if (child == 0) {
        plain_loops(image);
        _exit(0);
    }
    if (child > 0) {
        while (waitpid(static_cast<pid_t>(child), nullptr, __WALL) < 0 && errno == EINTR) {
        }
    } else {
        plain_loops(image);
    }
}
