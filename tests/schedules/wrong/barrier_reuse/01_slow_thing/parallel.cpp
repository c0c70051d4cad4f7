// wrong: a fast thread arrives again before a slow one has left the barrier: both wait for ever.
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
    std::mutex mutex;
    std::condition_variable opened;
    unsigned arrived = 0;
    const auto barrier = [&] {
        std::unique_lock lock(mutex);
        if (++arrived == threads) {
            arrived = 0;
            opened.notify_all();
            lock.unlock();
            std::this_thread::sleep_for(std::chrono::milliseconds(5));  // let the others leave
        } else {
            opened.wait(lock, [&] { return arrived == 0; });
        }
    };
    // In each round every thread has one row, and nobody runs ahead.
    const auto work = [&](unsigned t) {
        for (std::size_t begin = 0; begin < image.rows(); begin += threads) {
            if (begin > 0) barrier();
            if (begin + t < image.rows()) fill_row(image, begin + t);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
