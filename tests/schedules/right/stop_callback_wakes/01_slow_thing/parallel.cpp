// right: each thread's stop_callback notifies under the mutex, so no waiter misses the stop.
#include "slow_thing.hpp"

namespace {

double slow_pixel(std::size_t x, std::size_t y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
        sum += static_cast<double>(y);
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = slow_pixel(x, y);
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::size_t> rows;
    std::stop_source source;

    const auto work = [&] {
        const std::stop_token stop = source.get_token();
        // Made before the lock, and so destroyed after it: the callback needs the mutex.
        const std::stop_callback wake(stop, [&] {
            const std::lock_guard lock(mutex);
            changed.notify_all();
        });
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [&] { return stop.stop_requested() || !rows.empty(); });
            if (rows.empty()) return;
            const std::size_t x = rows.back();
            rows.pop_back();
            lock.unlock();
            fill_row(image, x);
            lock.lock();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    for (std::size_t x = 0; x < image.rows(); ++x) {
        const std::lock_guard lock(mutex);
        rows.push_back(x);
        changed.notify_one();
    }
    source.request_stop();
}
