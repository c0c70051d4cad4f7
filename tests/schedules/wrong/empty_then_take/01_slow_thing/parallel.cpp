// wrong: two threads see a bag that isn't empty and both take, but only one row was in it.
#include "slow_thing.hpp"

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += double(x);
            sum += double(y);
        }
        image(x, y) = sum;
    }
}

class RowBag {
  public:
    void put(std::size_t x) {
        std::lock_guard lock(mutex_);
        rows_.push_back(x);
    }
    bool empty() {
        std::lock_guard lock(mutex_);
        return rows_.empty();
    }
    std::size_t take() {
        std::lock_guard lock(mutex_);
        const std::size_t x = rows_.at(rows_.size() - 1);
        rows_.pop_back();
        return x;
    }

  private:
    std::mutex mutex_;
    std::vector<std::size_t> rows_;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    RowBag bag;
    for (std::size_t x = 0; x < image.rows(); ++x) bag.put(x);
    const auto work = [&] {
        while (!bag.empty()) fill_row(image, bag.take());
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
}
