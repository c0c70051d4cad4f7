// Starts four times as many threads as it was told, up to 16.
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t many = std::min(4 * threads, 16U);
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < many; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t * image.rows() / many; x < (t + 1) * image.rows() / many; ++x)
                for (std::size_t y = 0; y < image.cols(); ++y) {
                    double sum = 0;
                    for (int i = 0; i < 1000; ++i) {
                        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                        sum += static_cast<double>(y);
                    }
                    image(x, y) = sum;
                }
        });
}
