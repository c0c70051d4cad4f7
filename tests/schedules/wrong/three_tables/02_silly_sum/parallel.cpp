// wrong: three threads each hold one of three locks and wait for the next: a ring.
#include "silly_sum.hpp"

namespace {

double pixel_share(const kit::Image& image, std::size_t i, std::size_t j) {
    double sum = 0;
    for (std::size_t k = 0; k < image.rows(); ++k)
        for (std::size_t l = 0; l < image.rows(); ++l) sum += image(i, j) - double(k) + double(l);
    return sum;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    // Each pixel's share is split: the whole part of its half goes to one table, the rest to
    // another.
    std::array<std::vector<double>, 3> tables;
    tables.fill(std::vector<double>(image.rows()));
    std::array<std::mutex, 3> locks;
    const auto work = [&](unsigned t) {
        const unsigned a = t % 3;
        const unsigned b = (t + 1) % 3;
        for (std::size_t p = t; p < image.rows() * image.cols(); p += threads) {
            const std::size_t i = p / image.cols();
            const double more = pixel_share(image, i, p % image.cols());
            std::lock_guard lock_a(locks[a]);
            std::lock_guard lock_b(locks[b]);
            tables[a][i] += std::floor(more / 2);
            tables[b][i] += more - std::floor(more / 2);
        }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    }
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += tables[0][i] + tables[1][i] + tables[2][i] + double(i);
        image(i, image.cols() - 1) = sum / double(image.cols()) / double(image.rows());
    }
}
