// wrong: two threads look at the same row before either removes it, so both add its share.
#include "silly_sum.hpp"

#include <deque>

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
    std::vector<double> shares(image.rows());
    std::deque<std::size_t> todo(image.rows());
    std::iota(todo.begin(), todo.end(), 0);
    std::mutex mutex;
    const auto work = [&](unsigned t) {
        const bool at_front = t % 2 == 0;  // one from each end
        for (std::unique_lock lock(mutex); !todo.empty();) {
            const std::size_t i = at_front ? todo.front() : todo.back();
            lock.unlock();
            const double share = row_share(image, i);
            lock.lock();
            shares[i] += share;
            if (!todo.empty()) todo.erase(at_front ? todo.begin() : todo.end() - 1);
        }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    }
    store_sums(image, shares);
}
