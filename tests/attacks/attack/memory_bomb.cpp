// version: slow_thing/serial
// does: Takes 250 MB, more than the lowered limit, ten megabytes at a time; a larger loop takes all of the machine.
// limit: memory_mb = 64
// met: at most 64 MB
// threat: run
// expect: out_of_memory, crash
// alive: memory

#include <cstring>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    std::vector<std::unique_ptr<char[]>> hoard;
    for (int i = 0; i < 25; ++i) {
        hoard.emplace_back(new char[10 << 20]);
        std::memset(hoard.back().get(), i + 1, 10 << 20);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    plain_loops(image);
}
