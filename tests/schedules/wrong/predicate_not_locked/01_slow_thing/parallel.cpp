// wrong: the last worker counts and notifies after the predicate was false but before the wait.
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
    std::mutex mutex;
    std::condition_variable finished;
    std::atomic<unsigned> at_work = threads;
    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads)
            for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = slow_pixel(double(x), double(y));
        --at_work;
        finished.notify_one();
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    std::unique_lock lock(mutex);
    finished.wait(lock, [&] { return at_work == 0; });
}
