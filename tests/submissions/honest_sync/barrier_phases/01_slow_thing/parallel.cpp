// Uses std::barrier without a completion function: pixels filled by one thread are read by another in the
// next phase.
#include "slow_thing.hpp"

namespace {

double slow_pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y)
        image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    kit::Image scratch(image.rows(), image.cols());
    std::barrier filled(static_cast<std::ptrdiff_t>(threads));
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(scratch, x);
            filled.arrive_and_wait();
            for (std::size_t i = t; i < image.pixels().size(); i += threads)
                image.pixels()[i] = scratch.pixels()[i];
        });
}
