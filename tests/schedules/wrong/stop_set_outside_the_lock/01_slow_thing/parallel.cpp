// wrong: stop is set and notified without the lock: a worker between its test and its wait misses it
#include <condition_variable>
#include <mutex>
#include <queue>
#include "slow_thing.hpp"
namespace {
double pixel(double x, double y) {
    double s = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) s += x;
        s += y;
    }
    return s;
}
void row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y)
        image(x, y) = pixel(static_cast<double>(x), static_cast<double>(y));
}
}  // namespace
void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::mutex m;
    std::condition_variable cv;
    std::queue<std::size_t> jobs;
    std::atomic<bool> stop{false};
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            for (;;) {
                std::size_t x;
                {
                    std::unique_lock lock(m);
                    cv.wait(lock, [&] { return stop.load() || !jobs.empty(); });
                    if (jobs.empty()) return;
                    x = jobs.front();
                    jobs.pop();
                }
                row(image, x);
            }
        });
    for (std::size_t x = 0; x < image.rows(); ++x) {
        {
            std::lock_guard lock(m);
            jobs.push(x);
        }
        cv.notify_one();
    }
    stop = true;
    cv.notify_all();
    for (auto& t : team) t.join();
}
