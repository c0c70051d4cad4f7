// version: slow_thing/serial
// does: Takes 2.5 GB (not more) a hundred megabytes at a time.
// threat: run
// expect: out_of_memory, crash
// alive: memory

#include <cstring>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    std::vector<std::unique_ptr<char[]>> hoard;
    for (int i = 0; i < 25; ++i) {
        hoard.emplace_back(new char[100 << 20]);
        std::memset(hoard.back().get(), i + 1, 100 << 20);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    plain_loops(image);
}
