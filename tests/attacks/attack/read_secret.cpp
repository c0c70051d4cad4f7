// version: slow_thing/serial
// does: Reads a secret file and prints it.
// threat: run
// expect: pass
// alive: secret told

#include <cstdio>
#include <fstream>

#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    std::string secret;
    std::getline(std::ifstream("/tmp/slow_things_canary/secret.txt"), secret);
    std::puts(secret.c_str());
    std::fflush(stdout);
    plain_loops(image);
}
