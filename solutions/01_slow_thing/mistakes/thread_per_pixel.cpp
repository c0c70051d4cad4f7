// The function starts a thread for every pixel, and starting a thread takes time too.
//
// Hint: How many threads may work at once? How long does one of them work, compared with the time that
// starting it takes?
//
// Evidence: thread_per_pixel
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::thread> team;
    const auto join_all = [&] {
        for (std::thread& each : team) each.join();
        team.clear();
    };
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) {
            if (team.size() == threads) join_all();
            team.emplace_back([&image, x, y] {
                double sum = 0;
                for (int i = 0; i < 1000; ++i) {
                    for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                    sum += static_cast<double>(y);
                }
                image(x, y) = sum;
            });
        }
    join_all();
}
