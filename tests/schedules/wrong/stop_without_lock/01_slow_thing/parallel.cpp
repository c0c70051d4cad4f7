// wrong: stop is set and notified after a worker's predicate was false but before it waits.
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
    std::vector<std::size_t> todo;
    std::atomic<bool> stop = false;
    std::mutex mutex;
    std::condition_variable wake;
    const auto work = [&] {
        while (true) {
            std::unique_lock lock(mutex);
            wake.wait(lock, [&] { return stop || !todo.empty(); });
            if (todo.empty()) return;
            const std::size_t x = todo.back();
            todo.pop_back();
            lock.unlock();
            fill_row(image, x);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);

    for (std::size_t x = 0; x < image.rows(); ++x) {
        std::lock_guard lock(mutex);
        todo.push_back(x);
        wake.notify_one();
    }
    stop = true;
    wake.notify_all();
}
