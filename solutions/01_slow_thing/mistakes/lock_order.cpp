// Two threads take two mutexes in different orders: each gets one, and waits for the other's for ever.
//
// Hint: Does every thread take the mutexes in the same order? std::scoped_lock takes several at once.
//
// Evidence: lock_ring
#include "slow_thing.hpp"

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
    std::mutex next_lock;
    std::mutex done_lock;
    std::size_t next = 0;
    std::size_t done = 0;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            for (;;) {
                std::size_t x = 0;
                {
                    const std::lock_guard first(next_lock);
                    const std::lock_guard second(done_lock);
                    if (next == image.rows()) return;
                    x = next++;
                }
                fill_row(image, x);
                const std::lock_guard first(done_lock);
                const std::lock_guard second(next_lock);
                ++done;
            }
        });
}
