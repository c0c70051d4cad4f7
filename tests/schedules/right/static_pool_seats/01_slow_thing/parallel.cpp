// right: a static pool outlives the call, which opens seats in it and waits until all are left.
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
    ~Pool() {
        const std::lock_guard lock(mutex);
        ended = true;
        wake.notify_all();
    }  // then the end of team joins
    void run(unsigned count, const std::function<void()>& job) {
        std::unique_lock lock(mutex);
        while (team.size() < count) team.emplace_back([this] { work(); });
        current_job = &job;
        free_seats = left = count;
        wake.notify_all();
        idle.wait(lock, [this] { return left == 0; });
    }
    void work() {
        std::unique_lock lock(mutex);
        while (true) {
            wake.wait(lock, [this] { return ended || free_seats > 0; });
            if (ended) return;
            --free_seats;
            lock.unlock();
            (*current_job)();
            lock.lock();
            if (--left == 0) idle.notify_one();
        }
    }

    std::mutex mutex;
    std::condition_variable wake, idle;
    const std::function<void()>* current_job = nullptr;
    unsigned free_seats = 0, left = 0;
    bool ended = false;
    std::vector<std::jthread> team;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    static Pool pool;
    std::atomic<std::size_t> next = 0;
    pool.run(threads, [&] {
        for (std::size_t x = next++; x < image.rows(); x = next++) fill_row(image, x);
    });
}
