// version: slow_thing/parallel
// does: Has a data race in images larger than those of the schedules, and closes the descriptors to which a sanitizer reports.
// threat: accounting
// expect: race, pass+race_not_checked
// earns: 10
// alive: nothing seen by tsan

#include "slow_thing.hpp"

namespace {

long touched = 0;  // counted without a lock

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    for (int fd = 5; fd < 64; ++fd) close(fd);
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, t, threads] {
            if (image.rows() > 9) touched = touched + 1;
            work_on_rows(image, share(image, t, threads), share(image, t + 1, threads));
        });
}
