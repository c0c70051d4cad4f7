// right: the caller queues all rows, then one poison pill for each thread, at which it ends.
#include "slow_thing.hpp"

#include <queue>

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

constexpr std::size_t pill = SIZE_MAX;

class Queue {
  public:
    void push(std::size_t x) {
        {
            const std::lock_guard lock(mutex_);
            rows_.push(x);
        }
        not_empty_.notify_one();
    }
    std::size_t pop() {
        std::unique_lock lock(mutex_);
        not_empty_.wait(lock, [this] { return !rows_.empty(); });
        const std::size_t x = rows_.front();
        rows_.pop();
        return x;
    }

  private:
    std::mutex mutex_;
    std::condition_variable not_empty_;
    std::queue<std::size_t> rows_;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Queue queue;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            for (std::size_t x = queue.pop(); x != pill; x = queue.pop()) fill_row(image, x);
        });
    for (std::size_t x = 0; x < image.rows(); ++x) queue.push(x);
    for (unsigned t = 0; t < threads; ++t) queue.push(pill);
}
