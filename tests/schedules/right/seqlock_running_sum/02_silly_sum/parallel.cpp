// right: readers of a seqlock repeat until they see one state; only the next row's thread writes.
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

class RunningSum {
  public:
    double wait_for(std::size_t i) const {
        while (true) {
            const unsigned before = version_.load();
            const std::size_t rows = rows_.load();
            const double sum = sum_.load();
            if (before % 2 == 0 && version_.load() == before && rows == i) return sum;
            std::this_thread::yield();
        }
    }
    void write(std::size_t rows, double sum) {
        version_.fetch_add(1);  // odd: somebody is writing
        rows_.store(rows);
        sum_.store(sum);
        version_.fetch_add(1);
    }

  private:
    std::atomic<unsigned> version_ = 0;
    std::atomic<std::size_t> rows_ = 0;
    std::atomic<double> sum_ = 0;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    RunningSum running;
    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < image.rows(); i += threads) {
            const double share = share_of_row(image, i);
            const double sum = running.wait_for(i) + share;
            store_row(image, i, sum);
            running.write(i + 1, sum);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
}
