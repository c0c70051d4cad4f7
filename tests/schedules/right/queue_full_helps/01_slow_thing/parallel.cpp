// right: the caller fills a small queue, and does a row itself when it is full; close() wakes all.
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

class SmallQueue {
  public:
    bool try_push(std::size_t x) {
        const std::lock_guard lock(mutex_);
        if (rows_.size() == 2) return false;
        rows_.push_back(x);
        changed_.notify_one();
        return true;
    }
    bool pop(std::size_t& x) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || !rows_.empty(); });
        if (rows_.empty()) return false;
        x = rows_.back();
        rows_.pop_back();
        return true;
    }
    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::size_t> rows_;
    bool closed_ = false;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    SmallQueue queue;
    const auto work = [&] {
        for (std::size_t x = 0; queue.pop(x);) fill_row(image, x);
    };
    std::vector<std::jthread> helpers;
    for (unsigned t = 1; t < threads; ++t) helpers.emplace_back(work);
    for (std::size_t x = 0; x < image.rows(); ++x)
        if (!queue.try_push(x)) fill_row(image, x);
    queue.close();
    work();
}
