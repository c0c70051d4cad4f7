// wrong: two threads wait for space, two lines are taken, but only the first taking notifies.
#include "slow_thing.hpp"

#include <deque>

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
    const std::size_t capacity = 2;
    std::deque<std::pair<std::size_t, std::vector<double>>> buffer;
    std::mutex mutex;
    std::condition_variable not_empty, not_full;
    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads) {
            std::vector<double> line = slow_row(x, image.cols());
            std::unique_lock lock(mutex);
            not_full.wait(lock, [&] { return buffer.size() < capacity; });
            buffer.emplace_back(x, std::move(line));
            not_empty.notify_one();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    for (std::size_t n = 0; n < image.rows(); ++n) {
        std::unique_lock lock(mutex);
        not_empty.wait(lock, [&] { return !buffer.empty(); });
        if (buffer.size() == capacity) not_full.notify_one();  // else nobody waits
        const auto& [x, line] = buffer.front();
        for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = line[y];
        buffer.pop_front();
    }
}
