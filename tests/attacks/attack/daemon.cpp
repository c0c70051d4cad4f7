// version: slow_thing/serial
// does: Leaves a daemon behind by forking twice with a session of its own; it lives for 30 s.
// threat: run
// expect: pass, crash
// alive: a process survives

#include <sys/wait.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    static bool once = false;
    if (!once) {
        once = true;
        const pid_t child = fork();
        if (child == 0) {
            setsid();
            if (fork() == 0) {
                for (int fd = 0; fd < 64; ++fd) close(fd);
                sleep(30);
            }
            _exit(0);
        }
        if (child > 0) waitpid(child, nullptr, 0);
    }
    plain_loops(image);
}
