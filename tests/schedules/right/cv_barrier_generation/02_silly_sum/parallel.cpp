// right: a barrier of mutex and condition variable, whose waiters wait for a new generation.
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

class Barrier {
  public:
    explicit Barrier(unsigned count) : count_(count), missing_(count) {}

    void wait() {
        std::unique_lock lock(mutex_);
        const unsigned mine = generation_;
        if (--missing_ == 0) {
            missing_ = count_;
            ++generation_;
            all_here_.notify_all();
        } else {
            all_here_.wait(lock, [&] { return generation_ != mine; });
        }
    }

  private:
    std::mutex mutex_;
    std::condition_variable all_here_;
    const unsigned count_;
    unsigned missing_;
    unsigned generation_ = 0;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<double> sums(image.rows());
    Barrier barrier(threads);
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < sums.size(); i += threads) sums[i] = share_of_row(image, i);
        barrier.wait();
        if (t + 1 == threads) std::inclusive_scan(sums.begin(), sums.end(), sums.begin());
        barrier.wait();
        for (std::size_t i = t; i < sums.size(); i += threads) store_row(image, i, sums[i]);
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
