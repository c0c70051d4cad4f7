// right: threads sleep by atomic::wait until the next row is theirs, add it, and notify all.
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

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::atomic<std::size_t> turn = 0;
    double sum = 0;  // belongs to the thread whose turn it is
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) {
            const double share = share_of_row(image, i);
            for (std::size_t now = turn.load(); now != i; now = turn.load()) turn.wait(now);
            sum += share;
            store_row(image, i, sum);
            turn.store(i + 1);
            turn.notify_all();
        }
    };

    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
