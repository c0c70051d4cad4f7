// wrong: two threads wait at the gate, and notify_one wakes only one of them.
#include "silly_sum.hpp"

namespace {

double pixel_share(const kit::Image& image, std::size_t i, std::size_t j) {
    double sum = 0;
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

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<std::atomic<double>> shares(image.rows());
    std::atomic<int> open = 0;  // of a size that the system can wait for
    const auto work = [&](unsigned t) {
        if (t == 0) {  // the start values
            for (std::size_t i = 0; i < image.rows(); ++i) shares[i] = double(i);
            open = 1;
            open.notify_one();
        }
        open.wait(0);
        for (std::size_t j = t; j < image.cols(); j += threads)
            for (std::size_t i = 0; i < image.rows(); ++i) shares[i] += pixel_share(image, i, j);
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    }
    store_sums(image, shares);
}
