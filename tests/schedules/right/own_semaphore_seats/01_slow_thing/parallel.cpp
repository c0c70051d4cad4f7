// right: two threads too many share the seats of a semaphore made of mutex and condition variable.
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

class Seats {
  public:
    explicit Seats(unsigned count) : free_(count) {}
    void sit_down() {
        std::unique_lock lock(mutex_);
        one_is_free_.wait(lock, [this] { return free_ > 0; });
        --free_;
    }
    void stand_up() {
        const std::lock_guard lock(mutex_);
        ++free_;
        one_is_free_.notify_one();
    }

  private:
    std::mutex mutex_;
    std::condition_variable one_is_free_;
    unsigned free_;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Seats seats(threads);
    const unsigned people = threads + 2;
    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += people) {
            seats.sit_down();
            fill_row(image, x);
            seats.stand_up();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < people; ++t) team.emplace_back(work, t);
}
