// version: slow_thing/parallel
// does: Compiles a careful program under the sanitizers and a racy one without them.
// threat: accounting
// expect: race, pass+checks_evaded
// alive: nothing seen by tsan

#include "slow_thing.hpp"

namespace {

long touched = 0;

void touch() {
#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__) && !defined(KIT_CHECKED)
    touched = touched + 1;  // without a lock
#endif
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
