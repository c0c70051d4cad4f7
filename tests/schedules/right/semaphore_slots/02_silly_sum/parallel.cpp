// right: each thread has a slot with two semaphores; the caller empties the slots in turn.
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

class Slot {
  public:
    void put(double share) {
        empty_.acquire();
        share_ = share;
        full_.release();
    }
    double take() {
        full_.acquire();
        const double share = share_;
        empty_.release();
        return share;
    }

  private:
    std::binary_semaphore empty_{1};
    std::binary_semaphore full_{0};
    double share_ = 0;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<Slot> slots(threads);
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) slots[t].put(share_of_row(image, i));
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);

    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += slots[i % threads].take();
        store_row(image, i, sum);
    }
}
