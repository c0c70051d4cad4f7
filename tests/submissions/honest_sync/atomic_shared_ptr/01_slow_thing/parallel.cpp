// Uses std::atomic<std::shared_ptr>: threads read a table that the caller has published.
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

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y)
        image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic<std::shared_ptr<const std::vector<double>>> published;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            std::shared_ptr<const std::vector<double>> zeros;
            while (!(zeros = published.load())) std::this_thread::yield();
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
            for (std::size_t x = t; x < image.rows(); x += threads) image(x, 0) += zeros->at(x);
        });
    published.store(std::make_shared<const std::vector<double>>(image.rows()));
}
