// wrong: the gate opens and closes again before a late thread looks, and that thread never starts.
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
    std::atomic<bool> gate = false;
    const auto work = [&](unsigned t) {
        if (t == 0) {
            gate = true;
            gate.notify_all();
        }
        gate.wait(false);
        for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        if (t == threads - 1) gate = false;  // as it was
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
