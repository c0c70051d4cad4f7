// Captured by value: every thread fills a copy, and the image comes back untouched.
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([image, t, threads]() mutable {
            for (std::size_t x = t; x < image.rows(); x += threads) {
                for (std::size_t y = 0; y < image.cols(); ++y) {
                    double sum = 0;
                    for (int i = 0; i < 1000; ++i) {
                        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                        sum += static_cast<double>(y);
                    }
                    image(x, y) = sum;
                }
            }
        });
}
