// wrong: the workers find the list empty and leave before the main thread puts the other rows in.
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
    std::size_t x = 0;
    for (; x < threads && x < image.rows(); ++x) todo.push_back(x);  // something to begin with
    const auto work = [&] {
        while (true) {
            std::unique_lock lock(mutex);
            if (todo.empty()) return;
            const std::size_t row = todo.back();
            todo.pop_back();
            lock.unlock();
            fill_row(image, row);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);

    for (; x < image.rows(); ++x) {
        std::lock_guard lock(mutex);
        todo.push_back(x);
    }
}
