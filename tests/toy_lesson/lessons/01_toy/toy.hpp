#pragma once

#include "kit/kit.hpp"

namespace toy {

void serial(kit::Image& image);
void parallel(kit::Image& image, unsigned threads);

}  // namespace toy
