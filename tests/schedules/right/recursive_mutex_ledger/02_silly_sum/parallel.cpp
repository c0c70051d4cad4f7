// right: a recursive_mutex lets the functions of a ledger call each other under its lock.
#include "silly_sum.hpp"

#include <map>

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

class Ledger {
  public:
    explicit Ledger(kit::Image& image) : image_(image) {}
    void add(std::size_t i, double share) {
        const std::lock_guard lock(mutex_);
        waiting_[i] = share;
        while (next_is_there()) store_next();
    }
    bool next_is_there() {
        const std::lock_guard lock(mutex_);
        return waiting_.contains(next_);
    }
    void store_next() {
        const std::lock_guard lock(mutex_);
        sum_ += waiting_.extract(next_).mapped();
        store_row(image_, next_++, sum_);
    }

  private:
    std::recursive_mutex mutex_;
    kit::Image& image_;
    std::map<std::size_t, double> waiting_;
    std::size_t next_ = 0;
    double sum_ = 0;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    Ledger ledger(image);
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t i = t; i < image.rows(); i += threads) ledger.add(i, share_of_row(image, i));
        });
}
