// right: threads draw tickets and are served in that order: to take a row, to note its share.
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

void store_sums(kit::Image& image, const std::vector<double>& shares) {
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += shares[i];
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}

class TicketLock {
  public:
    void lock() {
        const unsigned mine = next_.fetch_add(1);
        while (serving_.load() != mine) std::this_thread::yield();
    }
    void unlock() { serving_.fetch_add(1); }

  private:
    std::atomic<unsigned> next_ = 0;
    std::atomic<unsigned> serving_ = 0;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    TicketLock counter;
    std::size_t next = 0;
    std::vector<double> shares(image.rows());

    const auto work = [&] {
        std::unique_lock lock(counter);
        while (next < shares.size()) {
            const std::size_t i = next++;
            lock.unlock();
            const double share = share_of_row(image, i);
            lock.lock();
            shares[i] = share;
        }
    };
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    for (std::thread& member : team) member.join();
    store_sums(image, shares);
}
