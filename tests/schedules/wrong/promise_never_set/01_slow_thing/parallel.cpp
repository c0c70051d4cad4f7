// wrong: two threads both see two rows left, neither sets the promise, and the main thread hangs.
#include "slow_thing.hpp"

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += double(x);
            sum += double(y);
        }
        image(x, y) = sum;
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (image.rows() == 0) return;
    std::promise<void> all_done;
    std::atomic<std::size_t> left = image.rows();
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t x = next++; x < image.rows(); x = next++) {
            fill_row(image, x);
            if (left == 1) all_done.set_value();
            --left;
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    all_done.get_future().wait();
}
