// version: slow_thing/parallel
// does: Lets its threads run on all processors, though it was put on one.
// threat: accounting
// expect: pass
// alive: moved

#include <sched.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    cpu_set_t all;
    CPU_ZERO(&all);
    for (int cpu = 0; cpu < 64; ++cpu) CPU_SET(cpu, &all);
    sched_setaffinity(0, sizeof all, &all);
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, t, threads] {
            work_on_rows(image, t * image.rows() / threads, (t + 1) * image.rows() / threads);
        });
}
