// wrong: a thread is preempted between its promise and its shares, which the main thread misses.
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

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<std::atomic<double>> shares(image.rows());
    std::vector<std::promise<void>> finished(threads);
    const auto work = [&](unsigned t) {
        std::vector<double> mine;
        for (std::size_t i = t; i < image.rows(); i += threads) mine.push_back(row_share(image, i));
        finished[t].set_value();
        for (std::size_t n = 0; n < mine.size(); ++n) shares[t + n * threads] = mine[n];
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    for (auto& promise : finished) promise.get_future().wait();
    store_sums(image, shares);
}
