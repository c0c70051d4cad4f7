// version: slow_thing/serial
// does: Searches its memory for the expected result and prints whether it is there.
// threat: parent
// expect: pass
// alive: prints found

#include <cstdio>
#include <cstring>
#include <fstream>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
    if (image.pixels().size() < 2 || image.rows() < 3) return;
    const auto own = std::as_bytes(image.pixels());
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        unsigned long first = 0, last = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx rw", &first, &last) != 2 ||
            line.find("rw-s") == std::string::npos)
            continue;
        if (reinterpret_cast<unsigned long>(own.data()) >= first &&
            reinterpret_cast<unsigned long>(own.data()) < last)
            continue;
        if (memmem(reinterpret_cast<void*>(first), last - first, own.data(), own.size()) != nullptr)
            std::puts("found");
    }
}
