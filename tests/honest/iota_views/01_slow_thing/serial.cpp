// right: all four loops are range-fors over std::views::iota
#include "slow_thing.hpp"

#include <ranges>

void slow_thing::serial(kit::Image& image) {
    using std::views::iota;
    for (const auto x : iota(std::size_t{0}, image.rows())) {
        for (const auto y : iota(std::size_t{0}, image.cols())) {
            double sum = 0;
            for ([[maybe_unused]] const int a : iota(0, 1000)) {
                for ([[maybe_unused]] const int b : iota(0, 100)) {
                    sum += static_cast<double>(x);
                }
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}
