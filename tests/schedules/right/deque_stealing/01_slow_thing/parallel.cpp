// right: each thread's deque has a lock; thieves take from its back, the owner from its front.
#include "slow_thing.hpp"

#include <deque>
#include <optional>

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

class Rows {
  public:
    void put(std::size_t x) {
        const std::lock_guard lock(mutex_);
        rows_.push_back(x);
    }
    std::optional<std::size_t> take(bool from_front) {
        const std::lock_guard lock(mutex_);
        if (rows_.empty()) return std::nullopt;
        const std::size_t x = from_front ? rows_.front() : rows_.back();
        from_front ? rows_.pop_front() : rows_.pop_back();
        return x;
    }

  private:
    std::mutex mutex_;
    std::deque<std::size_t> rows_;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<Rows> deques(threads);
    for (std::size_t x = 0; x < image.rows(); ++x) deques[x % threads].put(x);

    // Nobody puts a row back: when all deques are empty there is nothing left to start.
    const auto work = [&](std::size_t own) {
        while (true) {
            std::optional<std::size_t> x = deques[own].take(true);
            for (std::size_t d = 1; d < threads && !x; ++d) x = deques[(own + d) % threads].take(false);
            if (!x) return;
            fill_row(image, *x);
        }
    };
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t) team.emplace_back(work, t);
}
