// version: slow_thing/parallel
// does: Has a data race and switches the thread sanitizer off for the function that has it.
// threat: objects
// expect: race, pass+checks_evaded
// alive: nothing seen by tsan

#include "slow_thing.hpp"

namespace {

long touched = 0;  // counted without a lock

__attribute__((no_sanitize("thread"), noinline)) void touch() {
    touched = touched + 1;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, t, threads] {
            touch();
            work_on_rows(image, t * image.rows() / threads, (t + 1) * image.rows() / threads);
        });
}
