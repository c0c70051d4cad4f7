// Prints without end.
#include <cstdio>

#include "silly_sum.hpp"

void silly_sum::optimized(kit::Image& image) {
    for (std::size_t line = 0; line + 1 > image.rows() * 0; ++line) std::printf("line %zu of very many\n", line);
}
