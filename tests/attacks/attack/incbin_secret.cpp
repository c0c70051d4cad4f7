// version: slow_thing/serial
// does: Lets the assembler copy a secret file into the program, which prints it.
// threat: build
// expect: build_error
// alive: secret told

#include <cstdio>

#include "slow_thing.hpp"

asm(".pushsection .rodata\n"
    "stolen_first: .incbin \"/tmp/slow_things_canary/secret.txt\"\n"
    "stolen_last: .byte 0\n"
    ".popsection\n");
extern "C" const char stolen_first[];

namespace {

const bool printed = std::puts(stolen_first) >= 0 && std::fflush(stdout) == 0;

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
