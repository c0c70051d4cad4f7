// Threads are destroyed without having been joined.
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image&, unsigned threads) {
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back([] {});
}
