// right: the columns of each row are dealt out, and a POSIX barrier ends the row
#include "slow_thing.hpp"
static double slow_pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}
#include <pthread.h>
void slow_thing::parallel(kit::Image& image, unsigned threads) {
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, nullptr, threads);
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t)
            team.emplace_back([&, t] {
                for (std::size_t x = 0; x < image.rows(); ++x) {
                    for (std::size_t y = t; y < image.cols(); y += threads) image(x, y) = slow_pixel(x, y);
                    pthread_barrier_wait(&barrier);
                }
            });
    }
    pthread_barrier_destroy(&barrier);
}
