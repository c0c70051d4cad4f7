// wrong: a range is counted off before its halves are counted on: for a moment nothing seems left.
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
    std::vector<std::pair<std::size_t, std::size_t>> ranges{{0, image.rows()}};
    std::mutex mutex;
    std::atomic<int> pending = 1;
    std::atomic<bool> stop = false;
    const auto work = [&] {
        for (; !stop; std::this_thread::yield()) {
            std::unique_lock lock(mutex);
            if (ranges.empty()) continue;
            const auto [first, last] = ranges.back();
            ranges.pop_back();
            lock.unlock();
            const std::size_t middle = (first + last) / 2;
            if (last - first == 1) {
                fill_row(image, first);
                --pending;
                pending.notify_one();
                continue;
            }
            --pending;
            lock.lock();
            ranges.emplace_back(first, middle);
            ranges.emplace_back(middle, last);
            pending += 2;
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    for (int n = pending; n > 0; n = pending) pending.wait(n);
    stop = true;
}
