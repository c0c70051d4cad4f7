// version: slow_thing/serial
// does: Starts a shell with posix_spawn, which writes a file outside.
// threat: run
// expect: pass, crash
// alive: file spawn

#include <spawn.h>
#include <sys/wait.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    static bool once = false;
    if (!once) {
        once = true;
        char shell[] = "/bin/sh", option[] = "-c", command[] = "echo alive > /tmp/slow_things_canary/spawn";
        char* const argv[] = {shell, option, command, nullptr};
        char* const environment[] = {nullptr};
        pid_t child = 0;
        if (posix_spawn(&child, shell, nullptr, nullptr, argv, environment) == 0) waitpid(child, nullptr, 0);
    }
    plain_loops(image);
}
