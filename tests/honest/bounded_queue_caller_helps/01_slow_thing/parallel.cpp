// right: the caller puts rows into a bounded queue, and computes one itself whenever the queue is full
#include "slow_thing.hpp"

#include <deque>

namespace {

class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    [[nodiscard]] bool try_push(std::size_t row) {
        {
            std::lock_guard lock(mutex_);
            if (rows_.size() >= capacity_) return false;
            rows_.push_back(row);
        }
        not_empty_.notify_one();
        return true;
    }

    /// False when the queue is closed and empty.
    [[nodiscard]] bool pop(std::size_t& row) {
        std::unique_lock lock(mutex_);
        not_empty_.wait(lock, [this] { return closed_ || !rows_.empty(); });
        if (rows_.empty()) return false;
        row = rows_.front();
        rows_.pop_front();
        return true;
    }

    void close() {
        {
            std::lock_guard lock(mutex_);
            closed_ = true;
        }
        not_empty_.notify_all();
    }

  private:
    const std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable not_empty_;
    std::deque<std::size_t> rows_;
    bool closed_ = false;
};

void compute_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int a = 0; a < 1000; ++a) {
            for (int b = 0; b < 100; ++b) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    BoundedQueue queue(2 * std::size_t{threads});
    const auto drain = [&] {
        for (std::size_t x = 0; queue.pop(x);) compute_row(image, x);
    };

    std::vector<std::jthread> helpers;
    for (unsigned t = 1; t < threads; ++t) helpers.emplace_back(drain);
    for (std::size_t x = 0; x < image.rows(); ++x) {
        if (!queue.try_push(x)) compute_row(image, x);
    }
    queue.close();
    drain();
}
