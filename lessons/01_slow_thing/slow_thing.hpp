#pragma once

#include "kit/kit.hpp"

namespace slow_thing {

/// The plain loops of README.md, in double, on the calling thread.
void serial(kit::Image& image);

/// The same additions, with at most `threads` (≥ 1) threads at work at a time. The pixels are the same for
/// every number of threads.
void parallel(kit::Image& image, unsigned threads);

/// The same pixels, as fast as you can, by any algorithm, on the calling thread.
void optimized(kit::Image& image);

}  // namespace slow_thing
