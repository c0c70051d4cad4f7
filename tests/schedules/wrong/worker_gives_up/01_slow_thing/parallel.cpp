// wrong: the workers wait for a row, time out and leave before the main thread puts the next one.
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
    std::mutex mutex;
    std::condition_variable filled;
    const auto work = [&] {
        while (true) {
            std::unique_lock lock(mutex);
            const auto patience = std::chrono::milliseconds(10);
            if (!filled.wait_for(lock, patience, [&] { return !todo.empty(); })) return;
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
        filled.notify_one();
    }
}
