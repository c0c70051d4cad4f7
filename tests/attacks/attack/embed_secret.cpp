// version: slow_thing/serial
// does: Copies a secret file into the program with #embed, which prints it.
// threat: build
// expect: build_error
// canary: none: never live with g++ 12, which has no #embed; with a compiler that has it, the output quotes the secret

#include <cstdio>

#include "slow_thing.hpp"

constexpr unsigned char stolen[] = {
#embed "/tmp/slow_things_canary/secret.txt"
    , 0};

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

const bool printed = std::puts(reinterpret_cast<const char*>(stolen)) >= 0 && std::fflush(stdout) == 0;

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
