// version: slow_thing/serial
// does: Attaches to the grader as a debugger (and lets it go on at once).
// threat: parent
// expect: pass, crash
// alive: file ptrace

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    if (parent_is_grader() && ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) == 0) {
        waitpid(getppid(), nullptr, __WALL);
        leave_mark("/tmp/slow_things_canary/ptrace");
        ptrace(PTRACE_DETACH, getppid(), nullptr, nullptr);
    }
    plain_loops(image);
}
