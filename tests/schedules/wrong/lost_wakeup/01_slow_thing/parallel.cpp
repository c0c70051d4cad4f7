// wrong: the last thread may notify before the caller waits
#include <condition_variable>
#include <mutex>
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
    std::condition_variable done;
    std::atomic<unsigned> left{threads};
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) row(image, x);
            if (--left == 0) {
                std::lock_guard lock(m);
                done.notify_one();
            }
        });
    if (left.load() != 0) {
        std::unique_lock lock(m);
        done.wait(lock);
    }
}
