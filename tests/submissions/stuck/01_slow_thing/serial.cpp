// A loop that never ends.
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    volatile std::size_t x = 0;
    while (x <= image.rows()) x = x == image.rows() ? 0 : x + 1;
}
