// version: slow_thing/serial
// does: Lets the assembler copy a secret file into the program, which prints it.
// threat: build
// expect: build_error
// canary: secret

#include <cstdio>

#include "slow_thing.hpp"

asm(".pushsection .rodata\n"
    "stolen_first: .incbin \"/tmp/slow_things_canary/secret.txt\"\n"
    "stolen_last: .byte 0\n"
    ".popsection\n");
extern "C" const char stolen_first[];

namespace {

void plain_loops(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}

const bool printed = std::puts(stolen_first) >= 0 && std::fflush(stdout) == 0;

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
