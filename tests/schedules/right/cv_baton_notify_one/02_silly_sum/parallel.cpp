// right: a baton with the sum goes from band to band; each has its own condition variable.
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

void store_row(kit::Image& image, std::size_t i, double sum) {
    const auto rows = static_cast<double>(image.rows());
    const auto cols = static_cast<double>(image.cols());
    image(i, image.cols() - 1) = sum / cols / rows;
}

class Baton {
  public:
    void give(double sum) {
        const std::lock_guard lock(mutex_);
        sum_ = sum;
        here_ = true;
        arrived_.notify_one();
    }
    double take() {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return here_; });
        return sum_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    bool here_ = false;
    double sum_ = 0;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<Baton> batons(threads + 1);
    const auto first = [&](std::size_t t) { return t * image.rows() / threads; };
    const auto run = [&](std::size_t t) {
        std::vector<double> shares;
        for (std::size_t i = first(t); i < first(t + 1); ++i) shares.push_back(share_of_row(image, i));
        double sum = batons[t].take();
        for (std::size_t i = first(t); i < first(t + 1); ++i)
            store_row(image, i, sum += shares[i - first(t)]);
        batons[t + 1].give(sum);
    };
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t) team.emplace_back(run, t);
    batons[0].give(0);
}
