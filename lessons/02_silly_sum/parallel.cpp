#include "silly_sum.hpp"

void silly_sum::parallel([[maybe_unused]] kit::Image& image, [[maybe_unused]] unsigned threads) {
    // TODO: the running sum goes from row to row, but what a row adds to it doesn't depend on the
    //       rows before. Let the threads find what each row adds, then go through the rows once.
    //       Then delete the next line and type `make grade`.
    throw kit::not_implemented("silly_sum::parallel: first each row's share, then one pass over the rows");
}
