// wrong: the team finishes before the main thread resets the flag, and it then waits for ever.
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
    if (image.rows() == 0) return;
    std::mutex mutex;
    std::condition_variable changed;
    bool done = false;
    unsigned finished = 0;
    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        std::lock_guard lock(mutex);
        if (++finished == threads) done = true;
        changed.notify_one();
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    std::unique_lock lock(mutex);
    done = false;  // to be sure
    changed.wait(lock, [&] { return done; });
}
