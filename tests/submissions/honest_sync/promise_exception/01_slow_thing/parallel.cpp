// Uses std::promise::set_exception: threads pass an exception on, which the caller catches and reads.
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

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y)
        image(x, y) = slow_pixel(static_cast<double>(x), static_cast<double>(y));
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::promise<void>> filled(threads);
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
            filled[t].set_exception(std::make_exception_ptr(std::out_of_range("no row left")));
        });
    for (auto& share : filled) {
        try {
            share.get_future().get();
        } catch (const std::out_of_range& e) {
            if (e.what()[0] != 'n') throw;
        }
    }
}
