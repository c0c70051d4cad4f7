// Honest: std::async, and a function that happens to be called `report`.
#include "slow_thing.hpp"

double slow_pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}

std::size_t report(std::size_t rows) { return rows; }

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::future<std::size_t>> shares;
    for (unsigned t = 0; t < threads; ++t)
        shares.push_back(std::async(std::launch::async, [&, t] {
            std::size_t rows = 0;
            for (std::size_t x = t; x < image.rows(); x += threads, ++rows)
                for (std::size_t y = 0; y < image.cols(); ++y)
                    image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
            return report(rows);
        }));
    std::size_t rows = 0;
    for (auto& share : shares) rows += share.get();
    if (rows != image.rows()) throw std::logic_error("rows were lost");
}
