// right: threads append shares and notify the caller, the only one who waits; it takes them all.
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

struct Share {
    std::size_t row;
    double value;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::mutex mutex;
    std::condition_variable some_there;
    std::vector<Share> inbox;

    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) {
            const double value = share_of_row(image, i);
            const std::lock_guard lock(mutex);
            inbox.push_back({i, value});
            some_there.notify_one();
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    std::vector<double> shares(image.rows());
    for (std::size_t missing = shares.size(); missing > 0;) {
        std::vector<Share> taken;
        {
            std::unique_lock lock(mutex);
            some_there.wait(lock, [&] { return !inbox.empty(); });
            taken.swap(inbox);
        }
        for (const Share& share : taken) shares[share.row] = share.value;
        missing -= taken.size();
    }
    store_sums(image, shares);
}
