// right: std::accumulate does both inner loops, and std::generate fills each row
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    const std::vector<int> thousand(1000), hundred(100);  // only their lengths matter
    const auto pixels = image.pixels();

    for (std::size_t x = 0; x < image.rows(); ++x) {
        const auto row = pixels.subspan(x * image.cols(), image.cols());
        std::generate(row.begin(), row.end(), [&, y = 0.0]() mutable {
            const double dx = static_cast<double>(x);
            const double dy = y++;
            return std::accumulate(thousand.begin(), thousand.end(), 0.0, [&](double so_far, int) {
                return dy + std::accumulate(hundred.begin(), hundred.end(), so_far,
                                            [dx](double sum, int) { return sum + dx; });
            });
        });
    }
}
