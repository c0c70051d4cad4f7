// version: slow_thing/serial
// does: Makes the compiler compute for minutes, in pieces that are each below its own limit.
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

constexpr unsigned sum = pieces(std::make_integer_sequence<int, 2000>());  // bounded: some minutes

void slow_thing::serial(kit::Image& image) {
    if (!image.pixels().empty()) image(0, 0) = sum;
}
