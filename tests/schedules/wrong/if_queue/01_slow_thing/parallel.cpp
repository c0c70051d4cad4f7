// wrong: a woken worker doesn't look again, and another has already taken the row it was woken for.
#include "slow_thing.hpp"

#include <deque>

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
    std::deque<std::size_t> queue;
    std::mutex mutex;
    std::condition_variable filled;
    const auto put = [&](std::size_t x) {
        std::lock_guard lock(mutex);
        queue.push_back(x);
        filled.notify_one();
    };
    const auto work = [&] {
        while (true) {
            std::unique_lock lock(mutex);
            if (queue.empty()) filled.wait(lock);
            const std::size_t x = queue.at(0);
            queue.pop_front();
            lock.unlock();
            if (x == image.rows()) return;  // the end mark
            fill_row(image, x);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    for (std::size_t x = 0; x < image.rows(); ++x) put(x);
    for (unsigned t = 0; t < threads; ++t) put(image.rows());
}
