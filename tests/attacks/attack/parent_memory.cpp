// version: slow_thing/serial
// does: Writes into the grader's memory through /proc (the bytes that are there already).
// threat: parent
// expect: pass, crash
// alive: file parent_memory

#include <fcntl.h>
#include <unistd.h>
#include <cstdio>
#include <fstream>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    if (parent_is_grader()) {
        const std::string folder = "/proc/" + std::to_string(getppid());
        std::ifstream maps(folder + "/maps");
        unsigned long first = 0;
        for (std::string line; std::getline(maps, line);)
            if (line.find("[heap]") != std::string::npos) first = std::stoul(line, nullptr, 16);
        const int memory = open((folder + "/mem").c_str(), O_RDWR);
        char byte = 0;
        if (first != 0 && pread(memory, &byte, 1, static_cast<off_t>(first)) == 1 &&
            pwrite(memory, &byte, 1, static_cast<off_t>(first)) == 1)
            leave_mark("/tmp/slow_things_canary/parent_memory");
        if (memory >= 0) close(memory);
    }
    plain_loops(image);
}
