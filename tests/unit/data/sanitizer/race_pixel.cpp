#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = 0; x < image.rows(); ++x)
                for (std::size_t y = 0; y < image.cols(); ++y)
                    image(x, y) += t;
        });
}
