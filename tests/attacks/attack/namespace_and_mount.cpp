// version: slow_thing/serial
// does: Makes namespaces of its own, in which it is root, and mounts something there.
// threat: run
// expect: pass, crash
// canary: file /tmp/slow_things_canary/mounted

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "slow_thing.hpp"

namespace {

void plain_loops(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}

}  // namespace

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
