// version: slow_thing/serial
// does: Hides 150 MB, more than the lowered limit, in anonymous files, which count as no memory of the process.
// limit: memory_mb = 64
// threat: run
// expect: pass, out_of_memory, crash
// alive: prints hidden: 150 MB

#include <sys/mman.h>
#include <unistd.h>
#include <cstdio>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    static std::size_t hidden_mb = 0;
    static std::vector<char> block(1 << 20, 'x');
    for (int file = -1; hidden_mb < 150; ++hidden_mb) {
        if (hidden_mb % 10 == 0) file = memfd_create("hidden", 0);
        if (write(file, block.data(), block.size()) <= 0) break;
    }
    std::printf("hidden: %zu MB\n", hidden_mb);
    plain_loops(image);
}
