// version: slow_thing/serial
// does: Makes the compiler instantiate a million templates.
// threat: build
// expect: build_error
// alive: bomb

#include "slow_thing.hpp"

template <int depth, int number>
struct Tree {
    static constexpr long sum = Tree<depth - 1, 2 * number>::sum + Tree<depth - 1, 2 * number + 1>::sum;
};
template <int number>
struct Tree<0, number> {
    static constexpr long sum = number;
};
static_assert(Tree<20, 1>::sum != 0);  // 2^21 instantiations, not more

void slow_thing::serial(kit::Image&) {}
