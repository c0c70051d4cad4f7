// right: a std::async for each row, in a window; the oldest is got first, so rows come in order.
#include "silly_sum.hpp"

#include <deque>

namespace {

double share_of_row(const kit::Image& image, std::size_t i) {
    auto sum = static_cast<double>(i);
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l)
                sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
    return sum;
}

void store_row(kit::Image& image, std::size_t i, double sum) {
    const auto rows = static_cast<double>(image.rows());
    const auto cols = static_cast<double>(image.cols());
    image(i, image.cols() - 1) = sum / cols / rows;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::deque<std::future<double>> window;
    double sum = 0;
    std::size_t stored = 0;
    const auto store_oldest = [&] {
        sum += window.front().get();
        window.pop_front();
        store_row(image, stored++, sum);
    };

    for (std::size_t i = 0; i < image.rows(); ++i) {
        if (window.size() == threads) store_oldest();
        window.push_back(std::async(std::launch::async, share_of_row, std::cref(image), i));
    }
    while (!window.empty()) store_oldest();
}
