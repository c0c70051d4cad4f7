// version: slow_thing/parallel
// does: Brings a pthread_create that starts nothing, in place of the one that counts threads.
// threat: objects
// expect: pass
// alive: fast

#include <pthread.h>

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, t, threads] {
            work_on_rows(image, t * image.rows() / threads, (t + 1) * image.rows() / threads);
        });
}

extern "C" int pthread_create(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*) noexcept {
    return 0;
}
