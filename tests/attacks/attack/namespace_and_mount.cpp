// version: slow_thing/serial
// does: Makes namespaces of its own, in which it is root, and mounts something there.
// threat: run
// expect: pass, crash
// alive: file mounted

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    const int outside = open("/tmp/slow_things_canary", O_RDONLY | O_DIRECTORY);
    const bool alone = unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0;
    if (alone && mount("none", "/tmp/slow_things_canary", "tmpfs", 0, "size=64k") == 0) {
        const int file = openat(outside, "mounted", O_CREAT | O_WRONLY, 0644);
        if (file >= 0) close(file);
        umount2("/tmp/slow_things_canary", MNT_DETACH);
    }
    if (outside >= 0) close(outside);
    plain_loops(image);
}
