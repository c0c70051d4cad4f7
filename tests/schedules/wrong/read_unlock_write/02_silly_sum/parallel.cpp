// wrong: read under the lock, add outside, write under the lock
#include <mutex>
#include "silly_sum.hpp"
namespace {
double share(const kit::Image& image, std::size_t i) {
    double s = 0;
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l)
                s = s + image(i, j) - static_cast<double>(k) + static_cast<double>(l);
    return s + static_cast<double>(i);
}
void finish(kit::Image& image, const std::vector<double>& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
}  // namespace
void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0 || image.rows() == 0) return;
    std::vector<double> shares(image.rows());
    std::mutex m;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t i = 0; i < image.rows(); ++i) {
                double mine = 0;
                for (std::size_t j = t; j < image.cols(); j += threads)
                    for (std::size_t k = 0; k < image.rows(); ++k)
                        for (std::size_t l = 0; l < image.rows(); ++l)
                            mine = mine + image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                double old;
                {
                    std::lock_guard lock(m);
                    old = shares[i];
                }
                {
                    std::lock_guard lock(m);
                    shares[i] = old + mine;
                }
            }
        });
    team.clear();
    for (std::size_t i = 0; i < image.rows(); ++i) shares[i] += static_cast<double>(i);
    finish(image, shares);
}
