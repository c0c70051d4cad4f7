// wrong: two threads hold the read lock, and each waits for the other to leave before it may write.
#include "slow_thing.hpp"

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += double(x);
            sum += double(y);
        }
        image(x, y) = sum;
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::size_t next = 0;  // guarded by the hand-made lock below
    std::mutex mutex;
    std::condition_variable changed;
    unsigned readers = 0;
    const auto lock_shared = [&] {
        std::lock_guard lock(mutex);
        ++readers;
    };
    const auto upgrade = [&] {  // nobody else can read or write before unlock
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return readers == 1; });
        return lock;
    };
    const auto work = [&] {
        for (std::size_t x = 0; x < image.rows();) {
            lock_shared();
            x = next;
            std::unique_lock lock = upgrade();
            if (x < image.rows()) ++next;
            --readers;
            changed.notify_all();
            lock.unlock();
            if (x < image.rows()) fill_row(image, x);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
}
