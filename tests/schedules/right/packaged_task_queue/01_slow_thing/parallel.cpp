// right: rows are packaged_tasks in a queue that helpers and caller work off; futures tell the end.
#include "slow_thing.hpp"

#include <deque>

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
    std::deque<std::packaged_task<void()>> queue;
    bool closed = false;
    const auto work = [&] {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [&] { return closed || !queue.empty(); });
            if (queue.empty()) return;
            std::packaged_task<void()> task = std::move(queue.front());
            queue.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    };
    std::vector<std::jthread> helpers;
    for (unsigned t = 1; t < threads; ++t) helpers.emplace_back(work);
    std::vector<std::future<void>> rows;
    for (std::size_t x = 0; x < image.rows(); ++x) {
        std::packaged_task<void()> task([&image, x] { fill_row(image, x); });
        rows.push_back(task.get_future());
        const std::lock_guard lock(mutex);
        queue.push_back(std::move(task));
        changed.notify_one();
    }
    {
        const std::lock_guard lock(mutex);
        closed = true;
        changed.notify_all();
    }
    work();
    for (std::future<void>& row : rows) row.get();
}
