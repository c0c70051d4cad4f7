// right: scoped_lock takes two mutexes, here in one order and there in the other, and no deadlock.
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

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = slow_pixel(x, y);
}

struct Count {
    std::mutex mutex;
    std::size_t rows = 0;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Count begun;
    Count finished;
    const auto work = [&] {
        while (true) {
            std::size_t x = 0;
            {
                const std::scoped_lock both(begun.mutex, finished.mutex);
                if (begun.rows == image.rows()) return;
                x = begun.rows++;
            }
            fill_row(image, x);
            {
                const std::scoped_lock both(finished.mutex, begun.mutex);
                if (++finished.rows > begun.rows) throw std::logic_error("finished too early");
            }
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
}
