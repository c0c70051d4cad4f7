// Uses std::call_once and a static local: whoever is first makes the table that all read.
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

double origin() {
    static const double value = slow_pixel(0, 0);
    return value;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::once_flag once;
    std::vector<double> column;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            std::call_once(once, [&] { column.assign(image.cols(), origin()); });
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
            for (std::size_t x = t; x < image.rows(); x += threads)
                for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) += column[y] + origin();
        });
}
