// wrong: the next row's number is read and counted up between two locks, not under one.
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

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::vector<double> shares(image.rows());
    std::timed_mutex mutex;
    std::size_t next = 0;
    const auto lock = [&] {
        while (!mutex.try_lock_for(std::chrono::milliseconds(50))) {
        }
    };
    const auto work = [&] {
        for (;;) {
            lock();
            const bool is_done = next >= shares.size();
            mutex.unlock();
            if (is_done) return;
            const std::size_t row = next++;
            lock();
            if (row < shares.size()) shares[row] = share_of_row(image, row);
            mutex.unlock();
        }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    }
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
