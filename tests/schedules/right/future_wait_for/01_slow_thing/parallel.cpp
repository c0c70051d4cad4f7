// right: the caller polls each std::async's future by wait_for, and gets it once it is ready.
#include "slow_thing.hpp"

#include <chrono>

namespace {

double slow_pixel(std::size_t x, std::size_t y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
        sum += static_cast<double>(y);
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = slow_pixel(x, y);
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::future<std::size_t>> team;
    for (unsigned t = 0; t < threads; ++t)
        team.push_back(std::async(std::launch::async, [&image, threads, t] {
            std::size_t count = 0;
            for (std::size_t x = t; x < image.rows(); x += threads, ++count) fill_row(image, x);
            return count;
        }));

    std::size_t filled = 0;
    for (auto& member : team) {
        while (member.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
        }
        filled += member.get();
    }
    if (filled != image.rows()) throw std::logic_error("a row was left out");
}
