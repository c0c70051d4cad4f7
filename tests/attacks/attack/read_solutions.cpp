// version: slow_thing/serial
// does: Looks for the reference solutions from its working folder, its program's and its parent's upwards, and prints what it finds.
// threat: run
// expect: pass
// alive: prints found:

#include <unistd.h>
#include <cstdio>
#include <fstream>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    std::string from[] = {"/proc/self/cwd", "/proc/" + std::to_string(getppid()) + "/cwd", __FILE__, ""};
    char program[4096] = {};
    if (readlink("/proc/self/exe", program, sizeof program - 1) > 0) from[3] = program;
    for (std::string place : from)
        for (int up = 0; up < 8; ++up, place += "/..") {
            std::string line;
            std::ifstream file(place + "/solutions/01_slow_thing/serial.cpp");
            while (std::getline(file, line)) std::printf("found: %s\n", line.c_str());
        }
    plain_loops(image);
}
