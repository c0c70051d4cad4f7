// wrong: the notify for thread 1 wakes thread 2, which waits again, and thread 1 is never woken.
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

double store_band(kit::Image& image, const std::vector<double>& shares, std::size_t i, double sum) {
    for (const double share : shares) {
        sum += share;
        image(i++, image.cols() - 1) = sum / double(image.cols()) / double(image.rows());
    }
    return sum;
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    const auto first = [&](std::size_t t) { return t * image.rows() / threads; };
    std::mutex mutex;
    std::condition_variable turn_changed;
    unsigned turn = 0;
    double sum = 0;
    const auto work = [&](unsigned t) {
        const std::vector<double> shares = band_shares(image, first(t), first(t + 1));
        std::unique_lock lock(mutex);
        turn_changed.wait(lock, [&] { return turn == t; });
        sum = store_band(image, shares, first(t), sum);
        ++turn;
        turn_changed.notify_one();
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
