#include "silly_sum.hpp"

void silly_sum::optimized([[maybe_unused]] kit::Image& image) {
    // TODO: compute the same pixels as fast as you can, on one thread. Where does the processor wait,
    //       and which of the additions are needed at all?
    //       Then delete the next line and type `make grade`.
    throw kit::not_implemented("silly_sum::optimized: find a faster way to the same pixels");
}
