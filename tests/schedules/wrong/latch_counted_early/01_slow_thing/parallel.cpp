// wrong: a worker counts the latch down before it stores its row, and the main thread copies early.
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
    std::latch all_done(std::ptrdiff_t(result.size()));
    std::atomic<std::size_t> next = 0;  // the next pixel
    const auto work = [&] {
        for (std::size_t p = next++; p < result.size(); p = next++) {
            const double pixel = slow_pixel(double(p / image.cols()), double(p % image.cols()));
            all_done.count_down();
            result[p] = pixel;
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    all_done.wait();
    std::ranges::copy(result, image.pixels().begin());
}
