// wrong: two threads get a row's share under the lock before either sets it: one addition is lost.
#include "silly_sum.hpp"

namespace {

double pixel_share(const kit::Image& image, std::size_t i, std::size_t j) {
    double sum = 0;
    for (std::size_t k = 0; k < image.rows(); ++k)
        for (std::size_t l = 0; l < image.rows(); ++l) sum += image(i, j) - double(k) + double(l);
    return sum;
}

class Shares {  // safe for threads: every access is under the lock
  public:
    explicit Shares(std::size_t rows) : values_(rows) {}
    double get(std::size_t i) {
        std::lock_guard lock(mutex_);
        return values_[i];
    }
    void set(std::size_t i, double value) {
        std::lock_guard lock(mutex_);
        values_[i] = value;
    }

  private:
    std::mutex mutex_;
    std::vector<double> values_;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    Shares shares(image.rows());
    const auto work = [&](unsigned t) {
        for (std::size_t i = 0; i < image.rows(); ++i)
            for (std::size_t j = t; j < image.cols(); j += threads)
                shares.set(i, shares.get(i) + pixel_share(image, i, j));
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    }
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += shares.get(i) + double(i);
        image(i, image.cols() - 1) = sum / double(image.cols()) / double(image.rows());
    }
}
