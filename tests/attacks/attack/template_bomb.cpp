// version: slow_thing/serial
// does: Instantiates 2^15 templates, more than the lowered limit of memory holds; each depth more needs twice as much.
// limit: compiler_memory_mb = 160
// met: memory exhausted|out of memory
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
static_assert(Tree<14, 1>::sum != 0);  // no deeper: a second and 220 MB without a limit

void slow_thing::serial(kit::Image&) {}
