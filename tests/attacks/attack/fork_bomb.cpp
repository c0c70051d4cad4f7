// version: slow_thing/serial
// does: Forks 200 children (not more, so that it harms no machine), each of which sleeps for 10 s.
// threat: run
// expect: pass, crash
// alive: file forks

#include <fcntl.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    static int children = 0;
    for (; children < 200; ++children) {
        const pid_t child = fork();
        if (child == 0) {
            sleep(10);
            _exit(0);
        }
        if (child < 0) break;
    }
    if (children == 200) leave_mark("/tmp/slow_things_canary/forks");
    plain_loops(image);
}
