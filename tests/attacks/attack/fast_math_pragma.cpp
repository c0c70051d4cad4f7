// version: slow_thing/optimized
// does: Switches fast-math on with a pragma, so that the compiler may reorder the plain loops.
// threat: accounting
// expect: pass
// alive: fast

#pragma GCC optimize("Ofast")

#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
}
