// right: each band's thread gets the sum before it as a future, and promises the sum after it.
#include "silly_sum.hpp"

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

void do_band(kit::Image& image, std::size_t first, std::size_t last, std::future<double> before,
             std::promise<double> after) {
    std::vector<double> shares;
    for (std::size_t i = first; i < last; ++i) shares.push_back(share_of_row(image, i));
    double sum = before.get();
    for (std::size_t i = first; i < last; ++i) {
        sum += shares[i - first];
        store_row(image, i, sum);
    }
    after.set_value(sum);
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::promise<double> start;
    std::future<double> before = start.get_future();
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t) {
        std::promise<double> after;
        std::future<double> next = after.get_future();
        team.emplace_back(do_band, std::ref(image), t * image.rows() / threads,
                          (t + 1) * image.rows() / threads, std::move(before), std::move(after));
        before = std::move(next);
    }
    start.set_value(0);
    before.get();
}
