// right: parts are merged in a binary tree, in which parents wait for their children's flags.
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

struct Part {
    std::vector<double> shares;
    std::atomic<bool> ready = false;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<Part> parts(threads);
    const auto first = [&](std::size_t t) { return t * image.rows() / threads; };

    const auto work = [&](std::size_t t) {
        std::vector<double>& mine = parts[t].shares;
        for (std::size_t i = first(t); i < first(t + 1); ++i) mine.push_back(share_of_row(image, i));
        for (std::size_t step = 1; step < threads && t % (2 * step) == 0; step *= 2) {
            if (t + step >= threads) continue;
            Part& child = parts[t + step];
            child.ready.wait(false);
            mine.insert(mine.end(), child.shares.begin(), child.shares.end());
        }
        parts[t].ready.store(true);
        parts[t].ready.notify_one();
    };
    std::vector<std::jthread> team;
    for (std::size_t t = 1; t < threads; ++t) team.emplace_back(work, t);
    work(0);
    store_sums(image, parts[0].shares);
}
