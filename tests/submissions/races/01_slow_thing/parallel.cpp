// Counts the rows in a variable that all threads change without a lock. The pixels are right every time.
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::size_t rows_done = 0;
    const auto fill_rows = [&](std::size_t t) {
        for (std::size_t x = t; x < image.rows(); x += threads) {
            for (std::size_t y = 0; y < image.cols(); ++y) {
                double sum = 0;
                for (int i = 0; i < 1000; ++i) {
                    for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                    sum += static_cast<double>(y);
                }
                image(x, y) = sum;
            }
            ++rows_done;
        }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(fill_rows, t);
    }
    if (rows_done > image.rows()) throw std::logic_error("too many rows");
}
