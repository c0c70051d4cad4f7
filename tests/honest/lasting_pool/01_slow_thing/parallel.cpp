// right: a static pool lives on between calls; each call wakes threads - 1 of it and works too
#include "slow_thing.hpp"

namespace {

class Pool {
  public:
    Pool() = default;
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    ~Pool() {
        {
            std::lock_guard lock(mutex_);
            ending_ = true;
        }
        wake_.notify_all();
        for (auto& member : crew_) member.join();
    }

    /// Runs job on the caller and on `helpers` members of the crew, and waits for all of them.
    void run(unsigned helpers, const std::function<void()>& job) {
        {
            std::lock_guard lock(mutex_);
            while (crew_.size() < helpers) crew_.emplace_back([this] { live(); });
            job_ = &job;
            openings_ = running_ = helpers;
        }
        wake_.notify_all();
        job();
        std::unique_lock lock(mutex_);
        done_.wait(lock, [this] { return running_ == 0; });
        job_ = nullptr;
    }

  private:
    void live() {
        std::unique_lock lock(mutex_);
        while (true) {
            wake_.wait(lock, [this] { return openings_ > 0 || ending_; });
            if (ending_) return;
            --openings_;
            const auto& job = *job_;
            lock.unlock();
            job();
            lock.lock();
            if (--running_ == 0) done_.notify_one();
        }
    }

    std::mutex mutex_;
    std::condition_variable wake_, done_;
    const std::function<void()>* job_ = nullptr;
    unsigned openings_ = 0;  // members that may still join in
    unsigned running_ = 0;   // members that have not finished yet
    bool ending_ = false;
    std::vector<std::thread> crew_;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    static Pool pool;
    std::atomic<std::size_t> next_row{0};
    pool.run(threads - 1, [&] {
        for (std::size_t x; (x = next_row.fetch_add(1)) < image.rows();) {
            for (std::size_t y = 0; y < image.cols(); ++y) {
                double sum = 0;
                for (int a = 0; a < 1000; ++a) {
                    for (int b = 0; b < 100; ++b) sum += static_cast<double>(x);
                    sum += static_cast<double>(y);
                }
                image(x, y) = sum;
            }
        }
    });
}
