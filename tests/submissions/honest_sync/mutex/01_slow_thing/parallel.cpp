// Uses std::mutex with std::lock_guard, unique_lock and scoped_lock of two: a work queue and a tally.
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
    std::mutex queue_mutex, tally_mutex;
    std::size_t next = 0;
    std::vector<std::size_t> tally(threads);
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = 0; x < image.rows();) {
                {
                    const std::scoped_lock both(queue_mutex, tally_mutex);
                    x = next++;
                    ++tally[t];
                }
                if (x < image.rows()) fill_row(image, x);
                const std::lock_guard lock(tally_mutex);
                tally[0] += tally[t];
            }
        });
}
