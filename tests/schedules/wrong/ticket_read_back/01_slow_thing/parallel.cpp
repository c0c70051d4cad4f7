// wrong: two threads increment before either reads back, so both get one row and one row is lost.
#include "slow_thing.hpp"

namespace {

std::vector<double> slow_row(std::size_t x, std::size_t cols) {
    std::vector<double> row(cols);
    for (std::size_t y = 0; y < cols; ++y)
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) row[y] += double(x);
            row[y] += double(y);
        }
    return row;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic<std::size_t> next = 0;
    std::mutex image_lock;
    const auto work = [&] {
        while (true) {
            ++next;
            const std::size_t x = next - 1;
            if (x >= image.rows()) return;
            const std::vector<double> row = slow_row(x, image.cols());
            std::lock_guard lock(image_lock);
            for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = row[y];
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
}
