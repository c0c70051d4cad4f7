// Uses std::shared_mutex: many read how far the work is, one at a time writes it.
#include "slow_thing.hpp"

#include <shared_mutex>

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::shared_mutex mutex;
    std::size_t next = 0;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            const auto rows_left = [&] {
                const std::shared_lock lock(mutex);
                return next < image.rows();
            };
            while (rows_left()) {
                std::unique_lock lock(mutex);
                const std::size_t x = next++;
                lock.unlock();
                if (x < image.rows()) fill_row(image, x);
            }
        });
}
