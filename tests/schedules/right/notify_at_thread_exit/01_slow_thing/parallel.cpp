// right: each thread counts itself off, with a lock that it keeps until its very end.
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

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::mutex mutex;
    std::condition_variable all_gone;
    unsigned left = threads;
    const auto work = [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        std::unique_lock lock(mutex);
        --left;
        std::notify_all_at_thread_exit(all_gone, std::move(lock));
    };

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    std::unique_lock lock(mutex);
    all_gone.wait(lock, [&] { return left == 0; });
}  // unlocks, then joins
