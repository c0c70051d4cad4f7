#include "toy.hpp"

void toy::serial(kit::Image&) {
    // TODO: double every pixel.
    throw kit::not_implemented("toy::serial: double every pixel");
}
