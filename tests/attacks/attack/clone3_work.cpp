// version: slow_thing/optimized
// does: Does the plain, slow work in a child made with clone3, whose CPU time is not the worker's.
// threat: run
// expect: pass, crash
// alive: free

#include <linux/sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>

#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    clone_args how{};
    how.exit_signal = SIGCHLD;
    const long child = syscall(SYS_clone3, &how, sizeof how);
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
