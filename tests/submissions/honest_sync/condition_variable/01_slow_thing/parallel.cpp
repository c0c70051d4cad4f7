// Uses std::condition_variable: the caller puts rows into a queue, threads wait for them.
#include "slow_thing.hpp"

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::mutex mutex;
    std::condition_variable more;
    std::vector<std::size_t> queue;
    bool closed = false;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            for (std::unique_lock lock(mutex);;) {
                more.wait(lock, [&] { return closed || !queue.empty(); });
                if (queue.empty()) return;
                const std::size_t x = queue.back();
                queue.pop_back();
                lock.unlock();
                fill_row(image, x);
                lock.lock();
            }
        });
    for (std::size_t x = 0; x < image.rows(); ++x)
        (std::lock_guard(mutex), queue.push_back(x), more.notify_one());
    (std::lock_guard(mutex), closed = true, more.notify_all());
}
