// The plain loops with a whole-number sum, which the compiler turns into a formula: right, but no loops are left.
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            std::int64_t sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<std::int64_t>(x);
                sum += static_cast<std::int64_t>(y);
            }
            image(x, y) = static_cast<double>(sum);
        }
    }
}
