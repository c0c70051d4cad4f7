// wrong: the last row is done before the main thread waits, and then nobody wakes it.
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
    std::condition_variable all_done;
    std::size_t left = image.rows();
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t x = next++; x < image.rows(); x = next++) {
            fill_row(image, x);
            // The main thread must be waiting by then.
            if (x + 1 == image.rows()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
            std::lock_guard lock(mutex);
            if (--left == 0) all_done.notify_one();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);

    std::unique_lock lock(mutex);
    all_done.wait(lock);
}
