// The sum goes on from pixel to pixel within a row: it is set to 0 only once in each row.
//
// Hint: Each pixel has a sum of its own. Where in your loops does it start from 0?
//
// Evidence: answers
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        double sum = 0;
        for (std::size_t y = 0; y < image.cols(); ++y) {
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}
