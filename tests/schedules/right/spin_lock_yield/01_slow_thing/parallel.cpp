// right: a spin lock, an atomic_flag whose waiters yield, guards the list of rows to do.
#include "slow_thing.hpp"

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

class SpinLock {
  public:
    void lock() {
        while (taken_.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
    }
    void unlock() { taken_.clear(std::memory_order_release); }

  private:
    std::atomic_flag taken_;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::size_t> to_do(image.rows());
    std::iota(to_do.begin(), to_do.end(), std::size_t{0});
    SpinLock spin;

    const auto work = [&] {
        while (true) {
            std::size_t x = 0;
            {
                const std::lock_guard lock(spin);
                if (to_do.empty()) return;
                x = to_do.back();
                to_do.pop_back();
            }
            fill_row(image, x);
        }
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
}
