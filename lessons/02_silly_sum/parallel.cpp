#include "silly_sum.hpp"

void silly_sum::parallel([[maybe_unused]] kit::Image& image, [[maybe_unused]] unsigned threads) {
    // TODO: answer the question in README.md first: what can a row compute without the rows before it?
    //       Share that out among the threads.
    //       Then delete the next line and type `make grade`.
    throw kit::not_implemented("silly_sum::parallel: share out what the rows can compute alone");
}
