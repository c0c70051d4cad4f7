// Honest: a pool of threads that is kept from one call to the next.
#include "silly_sum.hpp"

namespace {

/// Runs jobs on threads that wait for them; grows to as many threads as a call asks for.
class Pool {
  public:
    ~Pool() {
        {
            const std::lock_guard lock(mutex_);
            ended_ = true;
        }
        changed_.notify_all();
    }

    /// Runs job(0) … job(count - 1), each on a thread of its own, and waits for them all.
    void run(unsigned count, std::function<void(unsigned)> job) {
        std::unique_lock lock(mutex_);
        job_ = std::move(job);
        next_ = 0;
        count_ = count;
        left_ = count;
        while (team_.size() < count) team_.emplace_back([this] { work(); });
        changed_.notify_all();
        changed_.wait(lock, [&] { return left_ == 0; });
    }

  private:
    void work() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [&] { return ended_ || next_ < count_; });
            if (ended_) return;
            const unsigned mine = next_++;
            lock.unlock();
            job_(mine);
            lock.lock();
            if (--left_ == 0) changed_.notify_all();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::function<void(unsigned)> job_;
    unsigned next_ = 0;
    unsigned count_ = 0;
    unsigned left_ = 0;
    bool ended_ = false;
    std::vector<std::jthread> team_;
};

Pool pool;

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    if (cols == 0) return;

    std::vector<double> shares(rows);
    pool.run(threads, [&](unsigned t) {
        for (std::size_t i = t; i < rows; i += threads) {
            double sum = 0;
            for (std::size_t j = 0; j < cols; ++j)
                for (std::size_t k = 0; k < rows; ++k)
                    for (std::size_t l = 0; l < rows; ++l)
                        sum = sum + image(i, j) - static_cast<double>(k) + static_cast<double>(l);
            shares[i] = sum + static_cast<double>(i);
        }
    });
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        sum += shares[i];
        image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
