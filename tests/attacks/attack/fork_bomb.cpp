// version: slow_thing/serial
// does: Forks 20 children, each of which sleeps for 2 s; one whose children fork too takes every process there is.
// threat: run
// expect: pass, crash
// alive: file forks

#include <fcntl.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    static int children = 0;
    for (; children < 20; ++children) {
        const pid_t child = fork();
        if (child == 0) {
            sleep(2);
            _exit(0);
        }
        if (child < 0) break;
    }
    if (children == 20) leave_mark("/tmp/slow_things_canary/forks");
    plain_loops(image);
}
