// wrong: the owner takes a band's last row from the front while a thief takes it from the back.
#include "silly_sum.hpp"

namespace {

double row_share(const kit::Image& image, std::size_t i) {
    double sum = double(i);
    for (std::size_t j = 0; j < image.cols(); ++j)
        for (std::size_t k = 0; k < image.rows(); ++k)
            for (std::size_t l = 0; l < image.rows(); ++l) sum += image(i, j) - double(k) + double(l);
    return sum;
}

void store_sums(kit::Image& image, const auto& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) = sum / double(image.cols()) / double(image.rows());
    }
}

struct Band {
    std::atomic<std::size_t> front, back;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<std::atomic<double>> shares(image.rows());
    std::vector<Band> bands(threads);
    for (std::size_t t = 0; t < threads; ++t) {
        bands[t].front = t * image.rows() / threads;
        bands[t].back = (t + 1) * image.rows() / threads;
    }
    const auto add = [&](std::size_t i) { shares.at(i) += row_share(image, i); };
    const auto work = [&](unsigned t) {
        while (bands[t].front < bands[t].back) add(bands[t].front++);
        for (Band& other : bands)
            while (other.front < other.back) add(--other.back);
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    }
    store_sums(image, shares);
}
