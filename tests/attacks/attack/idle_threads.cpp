// version: slow_thing/parallel
// does: Starts threads that do nothing while the caller does all the work.
// threat: accounting
// expect: pass
// alive: threads

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (unsigned t = 1; t < threads; ++t)
        team.emplace_back([](const std::stop_token& stop) {
            while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        });
    plain_loops(image);
}
