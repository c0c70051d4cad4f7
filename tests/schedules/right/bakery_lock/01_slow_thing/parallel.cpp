// right: Lamport's bakery, of sequentially consistent loads and stores, guards the next row.
#include "slow_thing.hpp"

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

class Bakery {
  public:
    explicit Bakery(std::size_t customers) : choosing_(customers), number_(customers) {}

    void lock(std::size_t me) {
        choosing_[me].store(true);
        std::uint64_t mine = 1;
        for (const auto& number : number_) mine = std::max(mine, number.load() + 1);
        number_[me].store(mine);
        choosing_[me].store(false);
        for (std::size_t other = 0; other < number_.size(); ++other) {
            while (choosing_[other].load()) std::this_thread::yield();
            const auto goes_first = [&](std::uint64_t theirs) {
                return theirs != 0 && std::pair(theirs, other) < std::pair(mine, me);
            };
            while (goes_first(number_[other].load())) std::this_thread::yield();
        }
    }
    void unlock(std::size_t me) { number_[me].store(0); }

  private:
    std::vector<std::atomic<bool>> choosing_;
    std::vector<std::atomic<std::uint64_t>> number_;  // 0: not in the shop
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Bakery bakery(threads);
    std::size_t next = 0;
    const auto work = [&](std::size_t me) {
        while (true) {
            bakery.lock(me);
            const std::size_t x = next < image.rows() ? next++ : next;
            bakery.unlock(me);
            if (x == image.rows()) return;
            fill_row(image, x);
        }
    };
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t) team.emplace_back(work, t);
}
