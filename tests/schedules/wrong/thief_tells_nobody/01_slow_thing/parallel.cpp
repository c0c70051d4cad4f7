// wrong: the last row to be finished is one that a thread did for another, and nobody is notified.
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
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t finished = 0;
    std::vector<std::atomic<std::size_t>> next(threads);  // thread t has rows t, t + threads, ...
    for (unsigned t = 0; t < threads; ++t) next[t] = t;
    const auto do_next_row = [&](unsigned t) {
        const std::size_t x = next[t].fetch_add(threads);
        if (x >= image.rows()) return false;
        fill_row(image, x);
        std::lock_guard lock(mutex);
        ++finished;
        return true;
    };
    const auto work = [&](unsigned t) {
        while (do_next_row(t)) changed.notify_one();
        for (unsigned other = 0; other < threads; ++other)
            while (do_next_row(other)) {
            }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return finished == image.rows(); });
}
