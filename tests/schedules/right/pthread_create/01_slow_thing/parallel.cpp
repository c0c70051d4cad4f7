// right: threads of pthread_create share a pthread mutex; a pthread condition tells the end.
#include "slow_thing.hpp"

#include <pthread.h>

namespace {

double slow_pixel(std::size_t x, std::size_t y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
        sum += static_cast<double>(y);
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = slow_pixel(x, y);
}

struct Shared {
    kit::Image& image;
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t all_full = PTHREAD_COND_INITIALIZER;
    std::size_t next = 0;
    std::size_t full = 0;
};

void* work(void* argument) {
    auto& shared = *static_cast<Shared*>(argument);
    const std::size_t rows = shared.image.rows();
    pthread_mutex_lock(&shared.mutex);
    while (shared.next < rows) {
        const std::size_t x = shared.next++;
        pthread_mutex_unlock(&shared.mutex);
        fill_row(shared.image, x);
        pthread_mutex_lock(&shared.mutex);
        if (++shared.full == rows) pthread_cond_signal(&shared.all_full);
    }
    pthread_mutex_unlock(&shared.mutex);
    return nullptr;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Shared shared{image};
    std::vector<pthread_t> team(threads);
    for (pthread_t& member : team) pthread_create(&member, nullptr, work, &shared);

    pthread_mutex_lock(&shared.mutex);
    while (shared.full < image.rows()) pthread_cond_wait(&shared.all_full, &shared.mutex);
    pthread_mutex_unlock(&shared.mutex);

    for (const pthread_t member : team) pthread_join(member, nullptr);
    pthread_cond_destroy(&shared.all_full);
    pthread_mutex_destroy(&shared.mutex);
}
