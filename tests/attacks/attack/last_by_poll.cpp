// version: slow_thing/parallel
// does: Lets its last thread begin when all others have ended, by poll on a pipe, which the virtual clock does not see.
// threat: accounting
// expect: pass
// earns: 11
// alive: threads

#include <poll.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (!is_timed(image) || threads < 3) return work_side_by_side(image, threads);
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_NONBLOCK) != 0) return work_side_by_side(image, threads);
    const auto wait = [&] {
        for (char token = 0; read(ends[0], &token, 1) != 1;) {
            pollfd until{ends[0], POLLIN, 0};
            poll(&until, 1, -1);
        }
    };
    work_last_alone(
        image, threads, [&] { return write(ends[1], ".", 1); }, wait);
    close(ends[0]);
    close(ends[1]);
}
