// Uses std::async and an exception that each task throws when it is done and get() rethrows: read by
// what(), which the thrower wrote.
#include "slow_thing.hpp"

#include <string>

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::future<void>> shares;
    for (unsigned t = 0; t < threads; ++t)
        shares.push_back(std::async(std::launch::async, [&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
            throw std::runtime_error("share " + std::to_string(t) + " is filled, says a long exception");
        }));
    std::size_t length = 0;
    for (auto& share : shares) {
        try {
            share.get();
        } catch (const std::runtime_error& e) {
            length += std::string(e.what()).size();
        }
    }
    if (length < threads) throw std::logic_error("a share did not report");
}
