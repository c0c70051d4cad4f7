// right: relaxed atomics for the shares, ordered by a release fence and an acquire fence
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    std::vector<std::atomic<double>> share(rows);
    std::atomic<unsigned> finished{0};

    const auto work = [&](std::size_t t) {
        for (std::size_t i = t * rows / threads; i < (t + 1) * rows / threads; ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < cols; ++j)
                for (std::size_t k = 0; k < rows; ++k)
                    for (std::size_t l = 0; l < rows; ++l)
                        sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
            share[i].store(sum + static_cast<double>(i), std::memory_order_relaxed);
        }
        std::atomic_thread_fence(std::memory_order_release);
        finished.fetch_add(1, std::memory_order_relaxed);
    };

    std::vector<std::thread> team;
    for (unsigned t = 1; t < threads; ++t) team.emplace_back(work, t);
    work(0);
    while (finished.load(std::memory_order_relaxed) != threads) std::this_thread::yield();
    std::atomic_thread_fence(std::memory_order_acquire);

    std::vector<double> upto(rows);
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) upto[i] = sum += share[i].load(std::memory_order_relaxed);

    for (auto& member : team) member.join();  // only now may the pixels change
    if (cols == 0) return;
    for (std::size_t i = 0; i < rows; ++i)
        image(i, cols - 1) = upto[i] / static_cast<double>(cols) / static_cast<double>(rows);
}
