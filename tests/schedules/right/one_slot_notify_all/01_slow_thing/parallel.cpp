// right: one slot and one condition variable for both sides, so each change wakes all who wait.
#include "slow_thing.hpp"

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

class Slot {
  public:
    /// Nothing means that no more rows will come. It stays in the slot, for everybody to see.
    void put(std::optional<std::size_t> row) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !full_; });
        row_ = row;
        full_ = true;
        changed_.notify_all();
    }
    std::optional<std::size_t> take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return full_; });
        if (row_) {
            full_ = false;
            changed_.notify_all();
        }
        return row_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<std::size_t> row_;
    bool full_ = false;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Slot slot;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            while (const auto x = slot.take()) fill_row(image, *x);
        });
    for (std::size_t x = 0; x < image.rows(); ++x) slot.put(x);
    slot.put(std::nullopt);
}
