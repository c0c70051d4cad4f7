// Uses wait_for (steady clock) and wait_until (system clock) of std::condition_variable.
#include "slow_thing.hpp"

#include <chrono>

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
    using namespace std::chrono;
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t filled = 0;
    bool started = false;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            std::unique_lock lock(mutex);
            while (!changed.wait_for(lock, 1ms, [&] { return started; })) continue;
            lock.unlock();
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
            lock.lock();
            if (++filled == threads) changed.notify_all();
        });
    std::unique_lock lock(mutex);
    started = true;
    while (!changed.wait_until(lock, system_clock::now() + 1ms, [&] { return filled == threads; })) continue;
}
