// version: slow_thing/parallel
// does: Has a data race only with eight threads, which are timed, but a sanitizer seldom gets.
// threat: accounting
// expect: race
// earns: 10
// alive: nothing seen by tsan

#include "slow_thing.hpp"

namespace {

long touched = 0;  // counted without a lock

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, t, threads] {
            if (threads == 8) touched = touched + 1;
            work_on_rows(image, share(image, t, threads), share(image, t + 1, threads));
        });
}
