// right: threads compute shares; one more adds them in order, and those that come early wait.
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

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    if (image.cols() == 0) return;
    std::mutex mutex;
    std::condition_variable came;
    std::map<std::size_t, double> early;
    std::atomic<std::size_t> next = 0;

    const auto first_stage = [&] {
        for (std::size_t i = next++; i < image.rows(); i = next++) {
            const double share = share_of_row(image, i);
            const std::lock_guard lock(mutex);
            early.emplace(i, share);
            came.notify_one();
        }
    };
    const auto second_stage = [&] {
        double sum = 0;
        for (std::size_t i = 0; i < image.rows(); ++i) {
            std::unique_lock lock(mutex);
            came.wait(lock, [&] { return early.contains(i); });
            sum += early.extract(i).mapped();
            lock.unlock();
            store_row(image, i, sum);
        }
    };
    std::vector<std::jthread> team;
    team.emplace_back(second_stage);
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(first_stage);
}
