// wrong: the count becomes complete between the test and the load whose value is waited on.
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
    std::atomic<std::size_t> finished = 0;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t x = next++; x < image.rows(); x = next++) {
            fill_row(image, x);
            ++finished;
            finished.notify_one();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    while (finished != image.rows()) finished.wait(finished);
}
