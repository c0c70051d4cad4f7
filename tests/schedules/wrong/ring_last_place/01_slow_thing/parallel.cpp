// wrong: two workers see the ring's last place free, both push, and one overwrites an unread line.
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
    const std::size_t capacity = 2;
    std::array<std::pair<std::size_t, std::vector<double>>, capacity> ring;
    std::size_t head = 0;
    std::size_t tail = 0;
    std::mutex mutex;
    const auto size = [&] {
        std::lock_guard lock(mutex);
        return tail - head;
    };
    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads) {
            std::vector<double> line = slow_row(x, image.cols());
            while (size() >= capacity) std::this_thread::yield();
            std::lock_guard lock(mutex);
            ring[tail++ % capacity] = {x, std::move(line)};
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    for (std::size_t n = 0; n < image.rows(); ++n) {
        while (size() == 0) std::this_thread::yield();
        std::lock_guard lock(mutex);
        const auto& [x, line] = ring[head++ % capacity];
        for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = line[y];
    }
}
