// wrong: two workers wait, several rows are put at once, and only the first of them notifies.
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
    std::vector<std::size_t> todo;
    std::mutex mutex;
    std::condition_variable filled;
    const auto put = [&](std::size_t x) {
        std::lock_guard lock(mutex);
        todo.push_back(x);
        if (todo.size() == 1) filled.notify_one();  // it was empty, so somebody may wait
    };
    const auto work = [&](unsigned t) {
        for (std::size_t n = t; n < image.rows(); n += threads) {  // its share, whichever rows
            std::unique_lock lock(mutex);
            filled.wait(lock, [&] { return !todo.empty(); });
            const std::size_t x = todo.back();
            todo.pop_back();
            lock.unlock();
            fill_row(image, x);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) {
        team.emplace_back(work, t);
        if (t < image.rows()) put(t);
    }
    for (std::size_t x = threads; x < image.rows(); ++x) put(x);
}
