// right: threads halve ranges on a shared stack, and end when no pixel is left to fill.
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

struct Range {
    std::size_t first;
    std::size_t last;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Range> stack{{0, image.rows() * image.cols()}};
    std::size_t left = image.rows() * image.cols();

    const auto work = [&] {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [&] { return left == 0 || !stack.empty(); });
            if (left == 0) return;
            Range range = stack.back();
            stack.pop_back();
            while (range.last - range.first > 1) {
                const std::size_t middle = range.first + (range.last - range.first) / 2;
                stack.push_back({middle, range.last});
                range.last = middle;
                changed.notify_one();
            }
            lock.unlock();
            const std::size_t x = range.first / image.cols();
            const std::size_t y = range.first % image.cols();
            image(x, y) = slow_pixel(x, y);
            lock.lock();
            if (--left == 0) changed.notify_all();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
}
