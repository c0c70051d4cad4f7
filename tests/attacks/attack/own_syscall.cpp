// version: slow_thing/parallel
// does: Brings a syscall() that does nothing, in place of the one in which the virtual clock sees waits.
// threat: objects
// expect: pass, timeout
// alive: other syscall

#include <unistd.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::barrier meeting(static_cast<std::ptrdiff_t>(threads));
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            work_on_rows(image, t * image.rows() / threads, (t + 1) * image.rows() / threads);
            meeting.arrive_and_wait();
        });
}

extern "C" long syscall(long, ...) noexcept {
    return 0;
}
