// ThreadSanitizer knows neither the fences nor the timed lock; the schedules do.
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
    std::timed_mutex mutex;
    std::size_t next = 0;
    std::vector<std::size_t> done(threads);  // rows, by thread
    std::atomic<unsigned> ready = 0;
    const auto work = [&](unsigned t) {
        for (;;) {
            while (!mutex.try_lock_for(std::chrono::milliseconds(100))) {
            }
            const std::size_t x = next++;
            mutex.unlock();
            if (x >= image.rows()) break;
            fill_row(image, x);
            ++done[t];
        }
        std::atomic_thread_fence(std::memory_order_release);
        ready.fetch_add(1, std::memory_order_relaxed);
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    while (ready.load(std::memory_order_relaxed) < threads) std::this_thread::yield();
    std::atomic_thread_fence(std::memory_order_acquire);
    std::size_t rows = 0;
    for (const std::size_t each : done) rows += each;
    if (rows != image.rows()) throw std::logic_error("a row is missing");
}
