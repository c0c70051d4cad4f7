// The threads read the loop variable while the loop goes on counting. `[&]` gives each thread the variable
// itself, not the value that it had when the thread was started.
//
// Hint: A thread may begin when the loop is already three rounds further on. Which number does it see then?
// How can it get a number of its own?
//
// Evidence: loop_counter_race
#include "slow_thing.hpp"

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([&] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        });
}
