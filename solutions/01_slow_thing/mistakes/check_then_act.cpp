// A thread tests something and then acts on it, but in between another thread changes it.
//
// Hint: Test and act have to be one step: one lock around both, or one atomic operation, such as fetch_add,
// whose result is tested.
//
// Evidence: stale_test
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
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            while (next < image.rows()) fill_row(image, next++);
        });
}
