// version: slow_thing/serial
// does: Lets the assembler copy the reference into the program, which prints it.
// threat: build
// expect: build_error
// alive: prints void slow_thing::serial

#include <cstdio>

#include "slow_thing.hpp"

asm(".pushsection .rodata\n"
    "stolen_first: .incbin \"../solutions/01_slow_thing/serial.cpp\"\n"
    "stolen_last: .byte 0\n"
    ".popsection\n");
extern "C" const char stolen_first[];

namespace {

const bool printed = std::puts(stolen_first) >= 0 && std::fflush(stdout) == 0;

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
