// Gives the image other extents: no crash, but no answer either.
#include "silly_sum.hpp"

void silly_sum::optimized(kit::Image& image) { image = kit::Image(image.rows() + 1, image.cols() + 2); }
