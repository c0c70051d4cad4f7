// right: the source of rows throws when it is empty, and each thread catches that and ends
#include "slow_thing.hpp"

namespace {

struct NoMoreRows : std::exception {
    const char* what() const noexcept override { return "all rows are taken"; }
};

class Rows {
  public:
    explicit Rows(std::size_t count) : left(count) {}

    std::size_t next() {
        std::unique_lock<std::mutex> lock(m);
        if (left == 0) {
            throw NoMoreRows();
        }
        return --left;
    }

  private:
    std::mutex m;
    std::size_t left;
};

void work(kit::Image& image, Rows& rows) {
    try {
        while (true) {
            const std::size_t x = rows.next();
            for (std::size_t y = 0; y < image.cols(); ++y) {
                double sum = 0.0;
                for (int i = 0; i < 1000; ++i) {
                    for (int j = 0; j < 100; ++j) {
                        sum += x;
                    }
                    sum += y;
                }
                image(x, y) = sum;
            }
        }
    } catch (const NoMoreRows&) {
        // that was the last one
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Rows rows(image.rows());
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) {
        team.emplace_back([&image, &rows] { work(image, rows); });
    }
}
