// version: slow_thing/parallel
// does: Starts 100 threads that sleep for 3 s, more than the lowered limit; a larger loop starts all that the machine has.
// limit: threads = 64
// met: more than 64 threads
// threat: run
// expect: crash, out_of_memory, timeout
// alive: crowd

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::thread> crowd;
    for (int i = 0; i < 100; ++i)
        crowd.emplace_back([] { std::this_thread::sleep_for(std::chrono::seconds(3)); });
    for (auto& thread : crowd) thread.join();
    plain_loops(image);
    (void)threads;
}
