// The sum goes on from pixel to pixel: each thread sets its sum to 0 only once.
//
// Hint: Each pixel has a sum of its own. Where in your loops does it start from 0?
//
// Evidence: answers
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            double sum = 0;
            for (std::size_t x = t; x < image.rows(); x += threads)
                for (std::size_t y = 0; y < image.cols(); ++y) {
                    for (int i = 0; i < 1000; ++i) {
                        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                        sum += static_cast<double>(y);
                    }
                    image(x, y) = sum;
                }
        });
}
