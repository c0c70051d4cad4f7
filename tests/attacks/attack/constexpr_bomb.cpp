// version: slow_thing/serial
// does: Makes the compiler compute for two seconds, longer than the lowered limit, in pieces that are each below its own; with more pieces it is hours.
// limit: compiler_cpu_s = 1
// met: Killed signal|took longer than 1 s
// threat: build
// expect: build_error
// alive: bomb

#include "slow_thing.hpp"

template <int seed>
constexpr unsigned piece() {
    unsigned state = seed;
    for (int i = 0; i < 200'000; ++i) state = state * 1664525U + 1013904223U;
    return state;
}

template <int... seeds>
constexpr unsigned pieces(std::integer_sequence<int, seeds...>) {
    constexpr unsigned values[] = {std::integral_constant<unsigned, piece<seeds>()>::value...};
    return values[0];
}

constexpr unsigned sum = pieces(std::make_integer_sequence<int, 4>());  // no more: two seconds

void slow_thing::serial(kit::Image& image) {
    if (!image.pixels().empty()) image(0, 0) = sum;
}
