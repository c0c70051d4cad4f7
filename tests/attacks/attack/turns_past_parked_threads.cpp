// version: slow_thing/parallel
// does: Lets its threads take turns by a pipe, beside 2000 threads that are parked, so that each look of the audit takes long.
// threat: accounting
// expect: pass, pass+speedup_above_runnable
// earns: 6
// alive: threads

#include <pthread.h>

#include "slow_thing.hpp"

namespace {

void park(int threads) {
    static int never[2] = {-1, -1};
    if (pipe(never) != 0) return;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 64 << 10);
    for (int i = 0; i < threads; ++i) {
        pthread_t thread{};
        const auto wait = [](void*) -> void* {
            char token = 0;
            [[maybe_unused]] const ssize_t n = read(never[0], &token, 1);
            return nullptr;
        };
        if (pthread_create(&thread, &small, wait, nullptr) == 0) pthread_detach(thread);
    }
    pthread_attr_destroy(&small);
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (!is_timed(image)) return work_side_by_side(image, threads);
    // No sanitizer watches a call on a large image with one thread.
    static bool parked = false;
    if (threads == 1 && !parked) park(2000);
    parked = parked || threads == 1;
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0 || write(ends[1], ".", 1) != 1) return work_side_by_side(image, threads);
    const auto wait = [&](unsigned) {
        char token = 0;
        [[maybe_unused]] const ssize_t n = read(ends[0], &token, 1);
    };
    work_between(image, threads, wait, [&](unsigned) { return write(ends[1], ".", 1); });
    close(ends[0]);
    close(ends[1]);
}
