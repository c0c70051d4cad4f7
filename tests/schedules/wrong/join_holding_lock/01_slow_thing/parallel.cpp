// wrong: the main thread joins with the lock held while a worker still needs it for its last step.
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
    std::size_t most_rows = 0;  // that one thread did, for a statistic one day
    std::atomic<unsigned> finished = 0;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        std::size_t rows = 0;
        for (std::size_t x = next++; x < image.rows(); x = next++) {
            fill_row(image, x);
            ++rows;
        }
        ++finished;
        std::lock_guard lock(mutex);
        most_rows = std::max(most_rows, rows);
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);

    while (finished < threads) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::lock_guard lock(mutex);  // for the statistic
    for (auto& thread : team) thread.join();
}
