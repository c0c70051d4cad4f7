// wrong: for a moment no row is running, the main thread takes it for the end and stops the team.
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
    std::condition_variable changed;
    std::size_t next = 0;
    unsigned running = 0;
    bool stop = false;
    const auto begin_row = [&] {
        std::lock_guard lock(mutex);
        if (stop || next == image.rows()) return image.rows();
        ++running;
        return next++;
    };
    const auto end_row = [&] {
        std::lock_guard lock(mutex);
        --running;
        changed.notify_one();
    };
    const auto work = [&] {
        for (std::size_t x = begin_row(); x < image.rows(); x = begin_row()) {
            fill_row(image, x);
            end_row();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);

    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return next > 0 && running == 0; });
    stop = true;
}
