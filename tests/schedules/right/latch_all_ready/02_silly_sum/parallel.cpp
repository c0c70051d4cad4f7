// right: all threads meet at a latch with their shares; each then adds up to the end of its band.
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
    std::vector<double> shares(image.rows());
    std::latch all_ready(threads);
    const auto first = [&](std::size_t t) { return t * shares.size() / threads; };
    const auto work = [&](std::size_t t) {
        for (std::size_t i = first(t); i < first(t + 1); ++i) shares[i] = share_of_row(image, i);
        all_ready.arrive_and_wait();
        double sum = 0;
        for (std::size_t i = 0; i < first(t + 1); ++i) {
            sum += shares[i];
            if (i >= first(t)) store_row(image, i, sum);
        }
    };

    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t) team.emplace_back(work, t);
}
