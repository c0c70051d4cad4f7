// Uses std::timed_mutex::try_lock_for, which TSan of g++ 12 and clang 14 does not understand.
#include "slow_thing.hpp"

#include <chrono>

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
    std::timed_mutex mutex;
    std::size_t next = 0;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            for (std::size_t x = 0; x < image.rows();) {
                while (!mutex.try_lock_for(std::chrono::milliseconds(1))) continue;
                x = next++;
                mutex.unlock();
                if (x < image.rows()) fill_row(image, x);
            }
        });
}
