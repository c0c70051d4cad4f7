// right: the threads are detached, and a latch that they all share tells the caller when they are done
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const auto team = static_cast<std::size_t>(std::min<std::size_t>(threads, rows));
    // Shared, because the last thread may still be inside count_down() when the caller goes on.
    const auto done = std::make_shared<std::latch>(static_cast<std::ptrdiff_t>(team));

    for (std::size_t t = 0; t < team; ++t) {
        std::thread([done, &image, t, team, rows] {
            for (std::size_t x = t; x < rows; x += team) {
                for (std::size_t y = 0; y < image.cols(); ++y) {
                    double sum = 0;
                    for (int i = 0; i < 1000; ++i) {
                        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                        sum += static_cast<double>(y);
                    }
                    image(x, y) = sum;
                }
            }
            done->count_down();
        }).detach();
    }
    done->wait();
}
