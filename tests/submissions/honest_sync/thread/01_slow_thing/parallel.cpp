// Uses std::thread with arguments (std::ref) and join.
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

void fill_share(kit::Image& image, unsigned t, unsigned threads) {
    for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(fill_share, std::ref(image), t, threads);
    for (auto& member : team) member.join();
}
