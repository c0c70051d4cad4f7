// wrong: a slot is back on the free list but the one below it isn't, so two threads get one slot.
#include "slow_thing.hpp"

namespace {

double slow_pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::atomic<double>> slots(2 * threads);       // two for each thread
    std::vector<std::atomic<std::size_t>> below(2 * threads);  // a stack of the free ones
    for (std::size_t s = 0; s < below.size(); ++s) below[s] = s + 1;
    std::atomic<std::size_t> free = 0;
    const auto pop = [&] {
        std::size_t s = free;
        while (!free.compare_exchange_strong(s, below.at(s))) continue;
        return s;
    };
    const auto push = [&](std::size_t s) {
        std::size_t top = free;
        do below[s] = top;
        while (!free.compare_exchange_strong(top, s));
    };
    const auto work = [&](unsigned t) {
        for (std::size_t p = t; p < image.rows() * image.cols(); p += threads) {
            const std::size_t a = pop();
            const std::size_t b = pop();
            slots[a] = double(p / image.cols());
            slots[b] = double(p % image.cols());
            image.pixels()[p] = slow_pixel(slots[a], slots[b]);
            push(a);
            push(b);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
