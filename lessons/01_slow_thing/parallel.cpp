#include "slow_thing.hpp"

void slow_thing::parallel([[maybe_unused]] kit::Image& image, [[maybe_unused]] unsigned threads) {
    // TODO: give each of `threads` std::jthreads rows of its own, start all of them, and wait for all of
    //       them. ../README.md has a worked example. Then delete the next line and type `make grade`.
    throw kit::not_implemented("slow_thing::parallel: share the rows out among threads");
}
