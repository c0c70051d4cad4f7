// right: each thread ends by an exception, handed over as an exception_ptr for the caller to judge.
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

struct NoMoreRows : std::exception {};

std::size_t take_row(std::atomic<std::size_t>& next, std::size_t rows) {
    const std::size_t x = next.fetch_add(1);
    if (x >= rows) throw NoMoreRows();
    return x;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic<std::size_t> next = 0;
    std::vector<std::exception_ptr> ends(threads);
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                try {
                    while (true) fill_row(image, take_row(next, image.rows()));
                } catch (...) {
                    ends[t] = std::current_exception();
                }
            });
    }
    for (const std::exception_ptr& end : ends) {
        try {
            std::rethrow_exception(end);
        } catch (const NoMoreRows&) {  // as it should be; anything else goes on to our caller
        }
    }
}
