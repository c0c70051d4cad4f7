// Asks for more memory than any machine has.
#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    std::vector<double> table((std::size_t{1} << 45) + image.rows());
    std::copy_n(table.begin(), image.pixels().size(), image.pixels().begin());
}
