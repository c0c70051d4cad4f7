// wrong: one thread holds the image's lock, another the count's, and each waits for the other's.
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
    std::mutex image_lock, count_lock;
    std::size_t count = 0;
    const auto put = [&](std::size_t x, const std::vector<double>& row) {
        std::lock_guard lock_image(image_lock);
        for (std::size_t y = 0; y < row.size(); ++y) image(x, y) = row[y];
        std::lock_guard lock_count(count_lock);
        ++count;
    };
    const auto progress = [&] {
        std::lock_guard lock_count(count_lock);
        std::lock_guard lock_image(image_lock);
        return 100 * count / image.rows();
    };
    std::atomic<std::size_t> percent = 0;  // for a progress bar, one day
    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads) {
            put(x, slow_row(x, image.cols()));
            percent = progress();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
