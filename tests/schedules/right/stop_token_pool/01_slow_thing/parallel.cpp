// right: a pool of jthreads waits with a stop_token; asked to stop, it drains its queue first.
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

class Pool {
  public:
    explicit Pool(unsigned threads) {
        for (unsigned t = 0; t < threads; ++t)
            team_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
    void submit(std::function<void()> task) {
        {
            const std::lock_guard lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        wake_.notify_one();
    }

  private:
    void work(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (wake_.wait(lock, stop, [this] { return !tasks_.empty(); })) {
            const std::function<void()> task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    }

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<std::function<void()>> tasks_;
    std::vector<std::jthread> team_;  // the last member: its threads end before the others do
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Pool pool(threads);
    for (std::size_t x = 0; x < image.rows(); ++x) pool.submit([&image, x] { fill_row(image, x); });
}
