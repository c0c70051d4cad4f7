// right: who doesn't get the mutex by try_lock sleeps, ever longer up to a limit, and tries again.
#include "silly_sum.hpp"

#include <chrono>

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

void lock_patiently(std::mutex& mutex) {
    std::chrono::microseconds pause(1);
    while (!mutex.try_lock()) {
        std::this_thread::sleep_for(pause);
        pause = std::min(2 * pause, std::chrono::microseconds(64));
    }
}

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::mutex mutex;
    std::vector<double> shares(image.rows());
    std::size_t next = 0;
    const auto work = [&] {
        while (true) {
            lock_patiently(mutex);
            std::unique_lock lock(mutex, std::adopt_lock);
            if (next == shares.size()) return;
            const std::size_t i = next++;
            lock.unlock();
            shares[i] = share_of_row(image, i);
        }
    };

    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    for (std::thread& member : team) member.join();
    store_sums(image, shares);
}
