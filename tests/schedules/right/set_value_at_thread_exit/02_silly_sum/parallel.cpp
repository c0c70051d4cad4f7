// right: each thread's promise gets its value at the thread's exit; the caller gets them all.
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

void store_sums(kit::Image& image, const std::vector<double>& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<std::promise<std::vector<double>>> promises(threads);
    std::vector<std::future<std::vector<double>>> bands;
    for (auto& promise : promises) bands.push_back(promise.get_future());

    const auto first = [&](std::size_t t) { return t * image.rows() / threads; };
    const auto work = [&](std::size_t t) {
        std::vector<double> shares;
        for (std::size_t i = first(t); i < first(t + 1); ++i) shares.push_back(share_of_row(image, i));
        promises[t].set_value_at_thread_exit(std::move(shares));
    };
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t) team.emplace_back(work, t);

    std::vector<double> shares;
    for (auto& band : bands) {
        const std::vector<double> part = band.get();
        shares.insert(shares.end(), part.begin(), part.end());
    }
    store_sums(image, shares);
}
