// version: slow_thing/serial
// does: Uses four threads in the version that is to have one.
// threat: accounting
// expect: pass
// alive: threads

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    constexpr unsigned threads = 4;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, t, threads] {
            work_on_rows(image, t * image.rows() / threads, (t + 1) * image.rows() / threads);
        });
}
