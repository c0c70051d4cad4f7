// wrong: between the test and the increment another thread can take the last row
#include "slow_thing.hpp"
namespace {
double pixel(double x, double y) {
    double s = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) s += x;
        s += y;
    }
    return s;
}
void row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y)
        image(x, y) = pixel(static_cast<double>(x), static_cast<double>(y));
}
}  // namespace
void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            while (next.load() < image.rows()) row(image, next.fetch_add(1));
        });
}
