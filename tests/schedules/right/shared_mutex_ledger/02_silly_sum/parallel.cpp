// right: writers lock a shared_mutex alone; readers, together, wait for the last writer.
#include "silly_sum.hpp"

#include <shared_mutex>

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
    explicit Ledger(std::size_t rows) : shares_(rows), missing_(rows) {}

    void put(std::size_t i, double share) {
        const std::unique_lock lock(mutex_);
        shares_[i] = share;
        if (--missing_ == 0) complete_.notify_all();
    }
    double sum_to(std::size_t i) {
        std::shared_lock lock(mutex_);
        complete_.wait(lock, [this] { return missing_ == 0; });
        double sum = 0;
        for (std::size_t row = 0; row <= i; ++row) sum += shares_[row];
        return sum;
    }

  private:
    std::shared_mutex mutex_;
    std::condition_variable_any complete_;
    std::vector<double> shares_;
    std::size_t missing_;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    Ledger ledger(image.rows());
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) ledger.put(i, share_of_row(image, i));
        for (std::size_t i = t; i < image.rows(); i += threads) store_row(image, i, ledger.sum_to(i));
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
