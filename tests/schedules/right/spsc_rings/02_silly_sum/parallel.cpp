// right: each helper has a ring buffer to the caller, with one index written by each side.
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

class Ring {
  public:
    void push(double share) {
        const std::size_t tail = tail_.load(std::memory_order_relaxed);
        while (tail - head_.load(std::memory_order_acquire) == size) std::this_thread::yield();
        slots_[tail % size] = share;
        tail_.store(tail + 1, std::memory_order_release);
    }
    double pop() {
        const std::size_t head = head_.load(std::memory_order_relaxed);
        while (tail_.load(std::memory_order_acquire) == head) std::this_thread::yield();
        const double share = slots_[head % size];
        head_.store(head + 1, std::memory_order_release);
        return share;
    }

  private:
    static constexpr std::size_t size = 4;
    std::array<double, size> slots_{};
    alignas(64) std::atomic<std::size_t> head_ = 0;
    alignas(64) std::atomic<std::size_t> tail_ = 0;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<Ring> rings(threads);  // the caller is thread 0, whose ring stays empty
    const auto help = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) rings[t].push(share_of_row(image, i));
    };
    std::vector<std::jthread> helpers;
    for (unsigned t = 1; t < threads; ++t) helpers.emplace_back(help, t);
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += i % threads == 0 ? share_of_row(image, i) : rings[i % threads].pop();
        store_row(image, i, sum);
    }
}
