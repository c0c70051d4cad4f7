// right: a spinlock of its own, made of an atomic_flag and a yield, guards the number of the next row
#include "slow_thing.hpp"

namespace {

class SpinLock {
    std::atomic_flag taken_;

  public:
    void lock() noexcept {
        while (taken_.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
    }
    void unlock() noexcept { taken_.clear(std::memory_order_release); }
};

struct Shared {
    SpinLock spin;
    std::size_t next = 0;
};

void work(kit::Image& image, Shared& shared) {
    for (;;) {
        std::size_t row;
        {
            std::lock_guard<SpinLock> guard{shared.spin};
            row = shared.next;
            if (row < image.rows()) ++shared.next;
        }
        if (row >= image.rows()) return;

        for (std::size_t col = 0; col < image.cols(); ++col) {
            double sum = 0;
            for (int a = 0; a < 1000; ++a) {
                for (int b = 0; b < 100; ++b) sum += static_cast<double>(row);
                sum += static_cast<double>(col);
            }
            image(row, col) = sum;
        }
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    Shared shared;
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work, std::ref(image), std::ref(shared));
    for (auto& member : team) member.join();
}
