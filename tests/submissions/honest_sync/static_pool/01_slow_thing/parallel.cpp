// Uses a thread pool in a static object: its threads live until the program ends.
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

struct Pool {
    void work(const std::stop_token& stop) {
        for (std::unique_lock lock(mutex); more.wait(lock, stop, [&] { return !jobs.empty(); });) {
            std::packaged_task<void()> job = std::move(jobs.back());
            jobs.pop_back();
            lock.unlock();
            job();
            lock.lock();
        }
    }
    std::mutex mutex;
    std::condition_variable_any more;
    std::vector<std::packaged_task<void()>> jobs;
    std::vector<std::jthread> team;
} pool;

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::future<void>> shares;
    for (unsigned t = 0; t < threads; ++t) {
        const std::lock_guard lock(pool.mutex);
        if (t >= pool.team.size()) pool.team.emplace_back([](std::stop_token stop) { pool.work(stop); });
        pool.jobs.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        });
        shares.push_back(pool.jobs.back().get_future());
        pool.more.notify_one();
    }
    for (auto& share : shares) share.get();
}
