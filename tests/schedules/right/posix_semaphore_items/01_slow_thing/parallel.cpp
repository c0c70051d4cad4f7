// right: a semaphore counts rows, plus one for each thread: who finds no row then has to end.
#include "slow_thing.hpp"

#include <semaphore.h>

#include <cerrno>

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

void wait_for(sem_t& semaphore) {
    while (sem_wait(&semaphore) != 0 && errno == EINTR) {
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    sem_t items;
    sem_init(&items, 0, 0);
    std::mutex mutex;
    std::vector<std::size_t> rows;

    const auto work = [&] {
        while (true) {
            wait_for(items);
            std::unique_lock lock(mutex);
            if (rows.empty()) return;
            const std::size_t x = rows.back();
            rows.pop_back();
            lock.unlock();
            fill_row(image, x);
        }
    };
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    for (std::size_t x = 0; x < image.rows(); ++x) {
        {
            const std::lock_guard lock(mutex);
            rows.push_back(x);
        }
        sem_post(&items);
    }
    for (unsigned t = 0; t < threads; ++t) sem_post(&items);
    for (std::thread& member : team) member.join();
    sem_destroy(&items);
}
