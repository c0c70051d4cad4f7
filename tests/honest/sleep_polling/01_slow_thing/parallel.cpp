// right: the caller does the first band, then sleeps and looks again until the others have finished
#include "slow_thing.hpp"

#include <chrono>

namespace {

void band(kit::Image& image, std::size_t first, std::size_t last) {
    for (std::size_t x = first; x < last; ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int a = 0; a < 1000; ++a) {
                for (int b = 0; b < 100; ++b) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic<unsigned> finished{0};
    std::vector<std::thread> others;
    for (std::size_t t = 1; t < threads; ++t) {
        others.emplace_back([&, t] {
            band(image, t * image.rows() / threads, (t + 1) * image.rows() / threads);
            finished.fetch_add(1, std::memory_order_release);
        });
    }
    band(image, 0, image.rows() / threads);
    while (finished.load(std::memory_order_acquire) < threads - 1) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    for (auto& other : others) other.join();  // they have nothing left to do
}
