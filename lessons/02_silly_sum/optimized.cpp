#include "silly_sum.hpp"

void silly_sum::optimized([[maybe_unused]] kit::Image& image) {
    // TODO: the same pixels, as fast as you can, on one thread. What do -k and +l come to over all k and l?
    //       Then delete the next line and type `make grade`.
    throw kit::not_implemented("silly_sum::optimized: find a faster way to the same pixels");
}
