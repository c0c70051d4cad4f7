// right: a monitor lets nobody at its data but through its functions, which hold the mutex.
#include "slow_thing.hpp"

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

template <typename Data>
class Monitor {
  public:
    template <typename Action>
    auto with(Action action) {
        const std::lock_guard lock(mutex_);
        changed_.notify_all();  // those who wait will look as soon as the lock is free
        return action(data_);
    }
    template <typename Condition>
    void wait_for(Condition condition) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return condition(data_); });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    Data data_;
};

struct Progress {
    std::size_t begun = 0;
    std::size_t finished = 0;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Monitor<Progress> progress;
    const auto work = [&] {
        while (true) {
            const std::size_t x = progress.with([](Progress& p) { return p.begun++; });
            if (x >= image.rows()) return;
            fill_row(image, x);
            progress.with([](Progress& p) { ++p.finished; });
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    progress.wait_for([&](const Progress& p) { return p.finished == image.rows(); });
}
