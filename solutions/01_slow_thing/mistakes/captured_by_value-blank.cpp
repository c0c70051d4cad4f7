// Every pixel comes back as 0: the result is a new image, and the pixels are written to a copy of it. A
// kit::Image is a value, so `[=]` makes a copy, and so does a parameter without `&`.
//
// Hint: Where does the image that you hand back come from, and what writes to it?
//
// Evidence: answers
//
// Source: \[=|\[([^\]]*[,\s])?image\b|kit::Image\s+\w+\s*[,)=;({]|\bauto\s+\w+\s*=\s*image\b
#include "slow_thing.hpp"

namespace {

void fill(kit::Image result, std::size_t first, std::size_t step) {
    for (std::size_t x = first; x < result.rows(); x += step)
        for (std::size_t y = 0; y < result.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            result(x, y) = sum;
        }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    kit::Image result(image.rows(), image.cols());
    {
        std::vector<std::jthread> team;
        for (std::size_t t = 0; t < threads; ++t) team.emplace_back(fill, result, t, threads);
    }
    image = result;
}
