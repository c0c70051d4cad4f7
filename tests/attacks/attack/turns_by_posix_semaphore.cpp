// version: slow_thing/parallel
// does: Uses a POSIX semaphore, which the virtual clock does not see, as a lock around each row.
// threat: accounting
// expect: pass, pass+speedup_above_runnable
// earns: 6
// alive: threads

#include <semaphore.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (!is_timed(image)) return work_side_by_side(image, threads);
    sem_t free;
    sem_init(&free, 0, 1);
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                for (std::size_t x = share(image, t, threads); x < share(image, t + 1, threads); ++x) {
                    sem_wait(&free);
                    work_on_rows(image, x, x + 1);
                    sem_post(&free);
                }
            });
    }
    sem_destroy(&free);
}
