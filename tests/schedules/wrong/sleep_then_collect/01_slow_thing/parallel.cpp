// wrong: a worker isn't done when the main thread has slept, and the main thread copies zeros.
#include "slow_thing.hpp"

namespace {

double slow_pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::atomic<double>> result(image.rows() * image.cols());
    const auto work = [&](unsigned t) {
        for (std::size_t p = t; p < result.size(); p += threads)
            result[p] = slow_pixel(double(p / image.cols()), double(p % image.cols()));
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    // A pixel takes 0.1 ms. That should be more than enough.
    std::this_thread::sleep_for(std::chrono::milliseconds(20 + result.size()));
    std::ranges::copy(result, image.pixels().begin());
}
