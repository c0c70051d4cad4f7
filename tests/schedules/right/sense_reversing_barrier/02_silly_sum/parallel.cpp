// right: a barrier whose sense flips parts the rows' shares, their sums and the storing.
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

class SenseBarrier {
  public:
    explicit SenseBarrier(unsigned count) : count_(count), missing_(count) {}

    void wait(bool& my_sense) {
        my_sense = !my_sense;
        if (missing_.fetch_sub(1) == 1) {
            missing_.store(count_);  // before the sense: nobody comes back earlier
            sense_.store(my_sense);
        } else {
            while (sense_.load() != my_sense) std::this_thread::yield();
        }
    }

  private:
    const unsigned count_;
    std::atomic<unsigned> missing_;
    std::atomic<bool> sense_ = false;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<double> sums(image.rows());
    SenseBarrier barrier(threads);
    const auto work = [&](unsigned t) {
        bool sense = false;
        for (std::size_t i = t; i < sums.size(); i += threads) sums[i] = share_of_row(image, i);
        barrier.wait(sense);
        if (t == 0) std::inclusive_scan(sums.begin(), sums.end(), sums.begin());
        barrier.wait(sense);
        for (std::size_t i = t; i < sums.size(); i += threads) store_row(image, i, sums[i]);
    };
    std::vector<std::jthread> team;
    for (unsigned t = 1; t < threads; ++t) team.emplace_back(work, t);
    work(0);
}
