// right: std::threads share the pixels as one long list, so a band may end in the middle of a row
#include "slow_thing.hpp"

static void fill_range(std::span<double> pixels, std::size_t cols, std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n != end; ++n) {
        const double x = static_cast<double>(n / cols);
        const double y = static_cast<double>(n % cols);
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += x;
            sum += y;
        }
        pixels[n] = sum;
    }
}

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t total = image.pixels().size();
    const std::size_t workers = std::min<std::size_t>(threads, total);
    std::vector<std::thread> pool;
    pool.reserve(workers);

    std::size_t begin = 0;
    for (std::size_t w = 0; w < workers; ++w) {
        // The first total % workers threads take one pixel more.
        const std::size_t end = begin + total / workers + (w < total % workers ? 1 : 0);
        pool.emplace_back(fill_range, image.pixels(), image.cols(), begin, end);
        begin = end;
    }
    for (std::thread& worker : pool) worker.join();
}
