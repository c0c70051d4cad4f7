// The image comes back unchanged: the pixels are written to a copy. A kit::Image is a value, so `[=]`, a
// parameter without `&` and `auto copy = image` each make a copy.
//
// Hint: Do your threads, or your loops, write to the caller's kit::Image or to one of their own?
//
// Evidence: answers
//
// Source: \[=|\[([^\]]*[,\s])?image\b|kit::Image\s+\w+\s*[,)=;({]|\bauto\s+\w+\s*=\s*image\b
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

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([=]() mutable {
            for (std::size_t x = t; x < image.rows(); x += threads)
                for (std::size_t y = 0; y < image.cols(); ++y)
                    image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
        });
}
