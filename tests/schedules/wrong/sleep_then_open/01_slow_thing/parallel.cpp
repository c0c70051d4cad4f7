// wrong: a thread comes to the gate after the main thread has opened it, and waits for ever.
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
    std::condition_variable gate;
    const auto work = [&](unsigned t) {
        {
            std::unique_lock lock(mutex);
            gate.wait(lock);  // so that all begin at the same time
        }
        for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // now all are at the gate
    gate.notify_all();
}
