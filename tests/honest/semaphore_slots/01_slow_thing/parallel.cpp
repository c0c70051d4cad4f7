// right: a thread for each row, and a counting semaphore keeps a slot for each thread that may run
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::counting_semaphore<> free_slots(threads);
    std::mutex mutex;
    std::vector<unsigned> free_list(threads);
    std::iota(free_list.begin(), free_list.end(), 0U);
    std::vector<std::jthread> slot(threads);

    for (std::size_t x = 0; x < image.rows(); ++x) {
        free_slots.acquire();
        unsigned s = 0;
        {
            std::lock_guard lock(mutex);
            s = free_list.back();
            free_list.pop_back();
        }
        if (slot[s].joinable()) slot[s].join();  // it is about to end
        slot[s] = std::jthread([&, x, s] {
            for (std::size_t y = 0; y < image.cols(); ++y) {
                double sum = 0;
                for (int a = 0; a < 1000; ++a) {
                    for (int b = 0; b < 100; ++b) sum += double(x);
                    sum += double(y);
                }
                image(x, y) = sum;
            }
            {
                std::lock_guard lock(mutex);
                free_list.push_back(s);
            }
            free_slots.release();
        });
    }
}
