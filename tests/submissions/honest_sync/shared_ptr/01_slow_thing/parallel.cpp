// Uses a std::shared_ptr (and a weak_ptr) held by every thread; the last one frees what it points to.
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
    const auto next = std::make_shared<std::atomic<std::size_t>>(0);
    const std::shared_ptr<std::vector<double>> scratch(new std::vector<double>(image.rows()));
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, next, scratch, weak = std::weak_ptr(scratch)] {
            for (std::size_t x; (x = (*next)++) < image.rows();) {
                fill_row(image, x);
                if (const auto row = weak.lock()) (*row)[x] = 1;
            }
        });
    for (auto& member : team) member.join();
}
