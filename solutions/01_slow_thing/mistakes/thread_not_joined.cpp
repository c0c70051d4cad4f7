// A std::thread is destroyed while it may still be running, and that ends the whole program.
//
// Hint: What waits for your threads, and when? What does std::jthread do in its destructor that std::thread
// doesn't?
//
// Evidence: terminated_without_exception
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
    std::vector<std::thread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        });
}
