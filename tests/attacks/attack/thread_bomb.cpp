// version: slow_thing/parallel
// does: Starts 4300 threads that sleep, more than the lesson allows (capped, and each ends after 10 s).
// threat: run
// expect: crash, out_of_memory, timeout
// canary: none: it is live when more than the allowed number of threads is alive at once

#include "slow_thing.hpp"

namespace {

void plain_loops(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::thread> crowd;
    for (int i = 0; i < 4300; ++i)
        crowd.emplace_back([] { std::this_thread::sleep_for(std::chrono::seconds(10)); });
    for (auto& thread : crowd) thread.join();
    plain_loops(image);
    (void)threads;
}
