// right: threads cut ever smaller chunks of pixels off the rest with compare_exchange_weak.
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

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t pixels = image.rows() * image.cols();
    std::atomic<std::size_t> next = 0;

    const auto work = [&] {
        std::size_t first = next.load();
        while (first < pixels) {
            const std::size_t count = std::max<std::size_t>(1, (pixels - first) / (2 * std::size_t{threads}));
            // On failure `first` is what another thread has made of `next`.
            if (!next.compare_exchange_weak(first, first + count)) continue;
            for (std::size_t p = first; p < first + count; ++p)
                image(p / image.cols(), p % image.cols()) = slow_pixel(p / image.cols(), p % image.cols());
            first = next.load();
        }
    };

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
}
