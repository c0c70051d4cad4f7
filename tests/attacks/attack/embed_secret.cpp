// version: slow_thing/serial
// does: Copies a secret file into the program with #embed, which prints it.
// threat: build
// expect: build_error
// alive: never with g++ 12, which has no #embed

#include <cstdio>

#include "slow_thing.hpp"

constexpr unsigned char stolen[] = {
#embed "/tmp/slow_things_canary/secret.txt"
    , 0};

namespace {

const bool printed = std::puts(reinterpret_cast<const char*>(stolen)) >= 0 && std::fflush(stdout) == 0;

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
