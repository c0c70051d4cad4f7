// The threads add to one sum that they all share, and one thread overwrites what another has added.
//
// Hint: Is that sum declared inside or outside the thread's function? How many sums are there, then?
//
// Evidence: accumulator_race
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    double sum = 0;
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads)
                for (std::size_t y = 0; y < image.cols(); ++y) {
                    sum = 0;
                    for (int i = 0; i < 1000; ++i) {
                        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                        sum += static_cast<double>(y);
                    }
                    image(x, y) = sum;
                }
        });
}
