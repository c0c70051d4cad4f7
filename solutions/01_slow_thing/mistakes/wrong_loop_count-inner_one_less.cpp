// x is added one time too few in each round: the inner loop runs 99 times.
//
// Hint: Count a loop of three rounds on your fingers: which values does its variable take?
//
// Evidence: answers
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 1; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
}
