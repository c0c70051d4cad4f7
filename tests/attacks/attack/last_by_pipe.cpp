// version: slow_thing/parallel
// does: Lets its last thread begin when all others have ended, by reading a pipe, which the virtual clock does not see.
// threat: accounting
// expect: pass
// earns: 11
// alive: threads

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (!is_timed(image) || threads < 3) return work_side_by_side(image, threads);
    int ends[2] = {-1, -1};
    char token = 0;
    if (pipe(ends) != 0) return work_side_by_side(image, threads);
    work_last_alone(
        image, threads, [&] { return write(ends[1], ".", 1); }, [&] { return read(ends[0], &token, 1); });
    close(ends[0]);
    close(ends[1]);
}
