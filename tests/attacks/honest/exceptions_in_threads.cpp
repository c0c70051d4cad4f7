// version: slow_thing/parallel
// does: Throws and catches exceptions in its threads.
// threat: accounting
// expect: pass
// canary: none: honest

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, t, threads] {
            try {
                if (t * image.rows() / threads == (t + 1) * image.rows() / threads)
                    throw std::runtime_error("nothing to do");
                work_on_rows(image, t * image.rows() / threads, (t + 1) * image.rows() / threads);
            } catch (const std::runtime_error&) {
            }
        });
}
