// right: piles of rows lie in a ring; a thread locks both piles beside it by one scoped_lock.
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

struct Pile {
    std::mutex mutex;
    std::vector<std::size_t> rows;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<Pile> piles(std::max(2U, threads));  // a thread needs two different ones
    for (std::size_t x = 0; x < image.rows(); ++x) piles[x % piles.size()].rows.push_back(x);

    const auto dine = [&](std::size_t t) {
        Pile& left = piles[t];
        Pile& right = piles[(t + 1) % piles.size()];
        while (true) {
            std::size_t x = 0;
            {
                const std::scoped_lock both(left.mutex, right.mutex);
                Pile& fuller = left.rows.size() < right.rows.size() ? right : left;
                if (fuller.rows.empty()) return;
                x = fuller.rows.back();
                fuller.rows.pop_back();
            }
            fill_row(image, x);
        }
    };
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t) team.emplace_back(dine, t);
}
