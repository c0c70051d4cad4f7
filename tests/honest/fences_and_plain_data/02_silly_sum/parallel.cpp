// right: plain doubles are published by fences around relaxed flags, before any thread is joined
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows(), cols = image.cols();
    if (cols == 0) return;
    const std::size_t team_size = std::min<std::size_t>(threads, rows);
    std::vector<double> shares(rows);
    std::vector<std::atomic<bool>> ready(team_size);
    const auto first = [&](std::size_t t) { return t * rows / team_size; };

    const auto work = [&](std::size_t t) {
        for (std::size_t i = first(t); i < first(t + 1); ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < cols; ++j)
                for (std::size_t k = 0; k < rows; ++k)
                    for (std::size_t l = 0; l < rows; ++l) sum += image(i, j) - double(k) + double(l);
            shares[i] = sum;
        }
        std::atomic_thread_fence(std::memory_order_release);
        ready[t].store(true, std::memory_order_relaxed);
    };

    std::vector<std::jthread> team;
    for (std::size_t t = 1; t < team_size; ++t) team.emplace_back(work, t);
    if (team_size > 0) work(0);

    double sum = 0;
    for (std::size_t t = 0; t < team_size; ++t) {
        while (!ready[t].load(std::memory_order_relaxed)) std::this_thread::yield();
        std::atomic_thread_fence(std::memory_order_acquire);
        for (std::size_t i = first(t); i < first(t + 1); ++i) {
            sum += shares[i];
            sum += double(i);
            image(i, cols - 1) = sum / double(cols) / double(rows);
        }
    }
}
