namespace {

class Pool {
  public:
    explicit Pool(unsigned threads) {
        for (unsigned t = 0; t < threads; ++t) team_.emplace_back([this] { work(); });
    }
    ~Pool() {
        {
            const std::lock_guard lock(mutex_);
            closing_ = true;
        }
        there_is_work_.notify_all();
    }
    void add(std::function<void()> job) {
        {
            const std::lock_guard lock(mutex_);
            jobs_.push(std::move(job));
        }
        there_is_work_.notify_one();
    }

  private:
    void work() {
        for (;;) {
            std::unique_lock lock(mutex_);
            there_is_work_.wait(lock, [this] { return closing_ || !jobs_.empty(); });
            if (jobs_.empty()) return;
            const auto job = std::move(jobs_.front());
            jobs_.pop();
            lock.unlock();
            job();
        }
    }

    std::mutex mutex_;
    std::condition_variable there_is_work_;
    std::queue<std::function<void()>> jobs_;
    bool closing_ = false;
    std::vector<std::jthread> team_;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Pool pool(threads);
    for (std::size_t x = 0; x < image.rows(); ++x) pool.add([&image, x] { work_on_rows(image, x, x + 1); });
}
