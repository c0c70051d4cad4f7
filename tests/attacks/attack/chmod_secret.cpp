// version: slow_thing/serial
// does: Opens up the rights of somebody else's file.
// threat: run
// expect: pass, crash
// alive: secret.txt changed

#include <sys/stat.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    chmod("/tmp/slow_things_canary/secret.txt", 0666);
    plain_loops(image);
}
