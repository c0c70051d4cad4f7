// right: the hundred additions are one fold expression over an index_sequence
#include "slow_thing.hpp"

template <std::size_t... I>
static double add_many_times(double sum, double x, std::index_sequence<I...>) noexcept {
    (((void)I, sum += x), ...);
    return sum;
}

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); x++) {
        for (std::size_t y = 0; y < image.cols(); y++) {
            double sum = 0;
            for (int n = 0; n < 1000; n++) {
                sum = add_many_times(sum, static_cast<double>(x), std::make_index_sequence<100>{});
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}
