// right: a queue behind a mutex holds the rows, and each thread takes the next one until it is empty
#include "slow_thing.hpp"

#include <optional>
#include <queue>

namespace {

class RowQueue {
  public:
    explicit RowQueue(std::size_t rows) {
        for (std::size_t x = 0; x < rows; ++x) rows_.push(x);
    }

    std::optional<std::size_t> take() {
        const std::lock_guard lock(mutex_);
        if (rows_.empty()) return std::nullopt;
        const std::size_t row = rows_.front();
        rows_.pop();
        return row;
    }

  private:
    std::mutex mutex_;
    std::queue<std::size_t> rows_;
};

double slow_pixel(double x, double y) {
    double sum = 0;
    for (int a = 0; a < 1000; ++a) {
        for (int b = 0; b < 100; ++b) sum += x;
        sum += y;
    }
    return sum;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    RowQueue queue(image.rows());
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) {
        team.emplace_back([&] {
            while (const auto x = queue.take()) {
                for (std::size_t y = 0; y < image.cols(); ++y)
                    image(*x, y) = slow_pixel(double(*x), double(y));
            }
        });
    }
}
