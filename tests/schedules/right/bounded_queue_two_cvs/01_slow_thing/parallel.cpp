// right: the caller and many consumers share a small queue with a condition variable each.
#include "slow_thing.hpp"

#include <queue>

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

class BoundedQueue {
  public:
    void push(std::size_t x) {
        std::unique_lock lock(mutex_);
        not_full_.wait(lock, [this] { return queue_.size() < 3; });
        queue_.push(x);
        not_empty_.notify_one();
    }
    std::size_t pop() {
        std::unique_lock lock(mutex_);
        not_empty_.wait(lock, [this] { return !queue_.empty(); });
        const std::size_t x = queue_.front();
        queue_.pop();
        not_full_.notify_one();
        return x;
    }

  private:
    std::mutex mutex_;
    std::condition_variable not_full_, not_empty_;
    std::queue<std::size_t> queue_;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    BoundedQueue queue;
    std::vector<std::jthread> consumers;
    for (unsigned t = 0; t < threads; ++t)
        consumers.emplace_back([&] {
            for (std::size_t x = queue.pop(); x < image.rows(); x = queue.pop()) fill_row(image, x);
        });
    for (std::size_t x = 0; x < image.rows(); ++x) queue.push(x);
    for (unsigned t = 0; t < threads; ++t) queue.push(image.rows());  // the end for one of them
}
