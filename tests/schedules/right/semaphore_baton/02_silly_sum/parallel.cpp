// right: a semaphore for each band passes on the right to change the running sum.
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
    double sum = 0;
    std::deque<std::binary_semaphore> batons;
    for (unsigned t = 0; t <= threads; ++t) batons.emplace_back(t == 0 ? 1 : 0);

    const auto first = [&](std::size_t t) { return t * image.rows() / threads; };
    const auto run = [&](std::size_t t) {
        std::vector<double> shares;
        for (std::size_t i = first(t); i < first(t + 1); ++i) shares.push_back(share_of_row(image, i));
        batons[t].acquire();
        for (std::size_t i = first(t); i < first(t + 1); ++i) {
            sum += shares[i - first(t)];
            store_row(image, i, sum);
        }
        batons[t + 1].release();
    };
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t) team.emplace_back(run, t);
}
