// right: threads put shares into a std::map under a mutex; after the join the caller reads it.
#include "silly_sum.hpp"

#include <map>

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
    std::mutex mutex;
    std::map<std::size_t, double> shares;
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) {
            const double share = share_of_row(image, i);
            const std::lock_guard lock(mutex);
            shares[i] = share;
        }
    };
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    for (std::thread& member : team) member.join();

    double sum = 0;
    for (const auto& [i, share] : shares) {
        sum += share;
        store_row(image, i, sum);
    }
}
