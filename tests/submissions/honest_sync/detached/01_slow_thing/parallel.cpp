// Uses detached threads, which the caller waits for by a condition variable notified under its mutex.
#include "slow_thing.hpp"

namespace {

double slow_pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y)
        image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::mutex mutex;
    std::condition_variable ended;
    unsigned at_work = threads;
    for (unsigned t = 0; t < threads; ++t)
        std::thread([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
            const std::lock_guard lock(mutex);  // held while notifying: `ended` lives until it is released
            if (--at_work == 0) ended.notify_one();
        }).detach();
    std::unique_lock lock(mutex);
    ended.wait(lock, [&] { return at_work == 0; });
}
