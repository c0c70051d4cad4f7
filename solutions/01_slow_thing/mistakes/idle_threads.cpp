// One thread has nearly all the work. The others are started, but have almost nothing to do.
//
// Hint: Which rows does the second thread take? Work it out with numbers for 6 rows and 3 threads.
//
// Evidence: one_thread_has_all
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
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            const std::size_t first = t == 0 ? 0 : image.rows();
            for (std::size_t x = first; x < image.rows(); ++x) fill_row(image, x);
        });
}
