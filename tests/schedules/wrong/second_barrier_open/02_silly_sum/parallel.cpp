// wrong: the barrier stays open after its first use, so a thread reads its start before it's there.
#include "silly_sum.hpp"

namespace {

std::vector<double> band_shares(const kit::Image& image, std::size_t first, std::size_t last) {
    std::vector<double> shares;
    for (std::size_t i = first; i < last; ++i) {
        double sum = double(i);
        for (std::size_t j = 0; j < image.cols(); ++j)
            for (std::size_t k = 0; k < image.rows(); ++k)
                for (std::size_t l = 0; l < image.rows(); ++l) sum += image(i, j) - double(k) + double(l);
        shares.push_back(sum);
    }
    return shares;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    const auto first = [&](std::size_t t) { return t * image.rows() / threads; };
    std::vector<std::atomic<double>> sums(threads), starts(threads);
    std::mutex mutex;
    std::condition_variable opened;
    unsigned arrived = 0;
    const auto barrier = [&] {
        std::unique_lock lock(mutex);
        if (++arrived == threads) opened.notify_all();
        opened.wait(lock, [&] { return arrived >= threads; });
    };
    const auto work = [&](unsigned t) {
        const std::vector<double> shares = band_shares(image, first(t), first(t + 1));
        sums[t] = std::accumulate(shares.begin(), shares.end(), 0.0);
        barrier();
        if (t == threads - 1)
            for (unsigned s = 1; s < threads; ++s) starts[s] = starts[s - 1] + sums[s - 1];
        barrier();
        double sum = starts[t];
        for (std::size_t i = first(t); i < first(t + 1); ++i) {
            sum += shares[i - first(t)];
            image(i, image.cols() - 1) = sum / double(image.cols()) / double(image.rows());
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
