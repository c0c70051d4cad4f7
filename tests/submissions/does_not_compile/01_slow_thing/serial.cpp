// A name that nobody declared.
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) image(x, 0) = slow_pixle(x, 0);
}
