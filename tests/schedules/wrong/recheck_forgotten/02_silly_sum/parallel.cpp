// wrong: two threads see under the shared lock that a row isn't done, and both then add its share.
#include "silly_sum.hpp"

#include <shared_mutex>

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

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    if (image.cols() == 0) return;
    std::vector<double> shares(rows);
    std::vector<bool> done(rows);
    std::shared_mutex mutex;
    const auto work = [&](unsigned t) {
        for (std::size_t n = 0; n < rows; ++n) {
            const std::size_t i = (t * rows / threads + n) % rows;
            std::shared_lock look(mutex);
            if (done[i]) continue;
            look.unlock();
            const double share = row_share(image, i);
            std::unique_lock change(mutex);
            done[i] = true;
            shares[i] += share;
        }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    }
    store_sums(image, shares);
}
