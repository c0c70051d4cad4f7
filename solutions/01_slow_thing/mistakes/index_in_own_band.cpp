// Each thread counts its rows from 0, so it stores to the first rows of the image or adds the wrong x. A
// row's number in the image is the band's first row plus the row's number in the band.
//
// Hint: A thread takes rows 4 and 5. Which x does it add, and which pixels does it store to?
//
// Evidence: answers
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            const std::size_t first = t * image.rows() / threads;
            const std::size_t last = (t + 1) * image.rows() / threads;
            for (std::size_t x = 0; x < last - first; ++x)
                for (std::size_t y = 0; y < image.cols(); ++y) {
                    double sum = 0;
                    for (int i = 0; i < 1000; ++i) {
                        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                        sum += static_cast<double>(y);
                    }
                    image(first + x, y) = sum;
                }
        });
}
