// The caller waits for each thread before it starts the next one, so they run one after the other.
//
// Hint: When does join() return, and when does a std::jthread that lives inside the loop end? What does the
// loop do in the meantime?
//
// Evidence: never_two_at_once
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
    for (std::size_t t = 0; t < threads; ++t) {
        std::thread worker([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        });
        worker.join();
    }
}
