// Included in front of every program here: the lesson's work, to be shared out.

#include <queue>

#include "slow_thing.hpp"

namespace {

void work_on_pixel(kit::Image& image, std::size_t x, std::size_t y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
        sum += static_cast<double>(y);
    }
    image(x, y) = sum;
}

void work_on_rows(kit::Image& image, std::size_t first, std::size_t last) {
    for (std::size_t x = first; x < last; ++x)
        for (std::size_t y = 0; y < image.cols(); ++y) work_on_pixel(image, x, y);
}

/// The first row of thread t's even share.
[[maybe_unused]] std::size_t share(const kit::Image& image, std::size_t t, std::size_t threads) {
    return t * image.rows() / threads;
}

/// Thread t has rows t, t + threads, …, and calls `wait` until the row before is done.
template <class Wait>
void work_by_turns(kit::Image& image, unsigned threads, Wait wait) {
    std::atomic<std::size_t> row = 0;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) {
                while (row != x) wait();
                work_on_rows(image, x, x + 1);
                ++row;
            }
        });
}

/// Calls std::async for each share.
[[maybe_unused]] void work_by_async(kit::Image& image, unsigned threads, std::launch policy) {
    std::vector<std::future<void>> shares;
    for (unsigned t = 0; t < threads; ++t)
        shares.push_back(std::async(
            policy, [&, t] { work_on_rows(image, share(image, t, threads), share(image, t + 1, threads)); }));
    for (auto& each : shares) each.get();
}

}  // namespace
