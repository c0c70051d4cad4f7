// version: slow_thing/parallel
// does: Starts 4300 threads that sleep, more than the lesson allows (capped, and each ends after 10 s).
// threat: run
// expect: crash, out_of_memory, timeout
// alive: crowd

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::thread> crowd;
    for (int i = 0; i < 4300; ++i)
        crowd.emplace_back([] { std::this_thread::sleep_for(std::chrono::seconds(10)); });
    for (auto& thread : crowd) thread.join();
    plain_loops(image);
    (void)threads;
}
