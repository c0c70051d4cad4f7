// version: slow_thing/serial
// does: Leaves a file beside its own program, in the cache of what is built, from which every submission's reference is started.
// threat: run
// expect: pass
// alive: prints the cache is open

#include <fcntl.h>
#include <unistd.h>
#include <cstdio>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    char program[4096] = {};
    if (readlink("/proc/self/exe", program, sizeof program - 8) > 0) {
        const std::string mark = std::string(program) + ".mark";
        const int file = open(mark.c_str(), O_CREAT | O_WRONLY, 0644);
        if (file >= 0) {
            std::puts("the cache is open");
            close(file);
            unlink(mark.c_str());
        }
    }
    plain_loops(image);
}
