#include "toy.hpp"

void toy::parallel(kit::Image&, unsigned) {
    // TODO: double every pixel.
    throw kit::not_implemented("toy::parallel: double every pixel");
}
