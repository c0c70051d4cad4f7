// wrong: the notify that says all is done wakes an idle worker, and the main thread sleeps on.
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
    std::condition_variable changed;
    std::size_t next = 0;
    std::size_t finished = 0;
    bool stop = false;
    const auto work = [&] {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [&] { return stop || next < image.rows(); });
            if (stop) return;
            const std::size_t x = next++;
            lock.unlock();
            fill_row(image, x);
            lock.lock();
            if (++finished == image.rows()) changed.notify_one();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);

    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return finished == image.rows(); });
    stop = true;
    changed.notify_all();
}
