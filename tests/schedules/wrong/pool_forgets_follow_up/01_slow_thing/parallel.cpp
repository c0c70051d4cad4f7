// wrong: tasks are taken but not counted yet, the pool looks idle, and stop loses what follows.
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
    if (image.cols() == 0) return;
    std::vector<std::pair<std::size_t, std::size_t>> tasks;  // pixels
    for (std::size_t x = 0; x < image.rows(); ++x) tasks.emplace_back(x, 0);
    std::mutex mutex;
    std::condition_variable changed;
    std::atomic<unsigned> busy = 0;
    bool stop = false;
    const auto work = [&] {
        while (true) {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return stop || !tasks.empty(); });
            if (stop) return;
            const auto [x, y] = tasks.back();
            tasks.pop_back();
            lock.unlock();
            ++busy;
            image(x, y) = slow_pixel(double(x), double(y));
            lock.lock();
            if (y + 1 < image.cols()) tasks.emplace_back(x, y + 1);  // the row's next pixel
            --busy;
            changed.notify_all();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);

    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return tasks.empty() && busy == 0; });
    stop = true;
    changed.notify_all();
}
