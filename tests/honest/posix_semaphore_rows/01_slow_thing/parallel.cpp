// right: a thread for each row, of which a POSIX semaphore lets `threads` work at a time
#include "slow_thing.hpp"
static double slow_pixel(double x, double y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += x;
        sum += y;
    }
    return sum;
}
#include <semaphore.h>
void slow_thing::parallel(kit::Image& image, unsigned threads) {
    sem_t sem;
    sem_init(&sem, 0, threads);
    {
        std::vector<std::jthread> team;
        for (std::size_t x = 0; x < image.rows(); ++x) {
            sem_wait(&sem);
            team.emplace_back([&, x] {
                for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = slow_pixel(x, y);
                sem_post(&sem);
            });
        }
    }
    sem_destroy(&sem);
}
