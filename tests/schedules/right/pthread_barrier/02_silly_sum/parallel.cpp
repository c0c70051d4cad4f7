// right: a pthread_barrier_t parts the phases; the thread that it calls serial adds up.
#include "silly_sum.hpp"

#include <pthread.h>

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
    std::vector<double> sums(image.rows());
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, nullptr, threads);

    const auto work = [&](unsigned t) {
        for (std::size_t i = t; i < sums.size(); i += threads) sums[i] = share_of_row(image, i);
        if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
            std::inclusive_scan(sums.begin(), sums.end(), sums.begin());
        pthread_barrier_wait(&barrier);
        for (std::size_t i = t; i < sums.size(); i += threads) store_row(image, i, sums[i]);
    };
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, t);
    for (std::thread& member : team) member.join();
    pthread_barrier_destroy(&barrier);
}
