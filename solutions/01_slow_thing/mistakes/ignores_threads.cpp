// The function always starts the same number of threads, whatever number it is given.
//
// Hint: Where does your code use the parameter `threads`?
//
// Evidence: same_number_of_threads
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

void slow_thing::parallel(kit::Image& image, unsigned) {
    constexpr std::size_t fixed = 4;
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < fixed; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += fixed) fill_row(image, x);
        });
}
