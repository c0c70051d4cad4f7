// wrong: a thread that loses the race for the last row leaves, and the others wait at the barrier.
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

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::barrier round_done{std::ptrdiff_t(threads)};
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {  // a row for everybody, then the next round
        while (true) {
            if (next >= image.rows()) {
                round_done.arrive_and_drop();
                return;
            }
            const std::size_t x = next++;
            if (x >= image.rows()) return;  // somebody was faster
            fill_row(image, x);
            round_done.arrive_and_wait();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
}
