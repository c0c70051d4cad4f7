// right: pieces of eight pixels are added to plain doubles through std::atomic_ref
#include "silly_sum.hpp"

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    constexpr std::size_t width = 8;
    const std::size_t rows = image.rows(), cols = image.cols();
    if (rows == 0 || cols == 0) return;
    const std::size_t pieces_per_row = (cols + width - 1) / width;

    std::vector<double> totals(rows);
    std::atomic<std::size_t> next_piece{0};
    const auto work = [&] {
        for (;;) {
            const std::size_t piece = next_piece.fetch_add(1, std::memory_order_relaxed);
            if (piece >= rows * pieces_per_row) return;
            const std::size_t i = piece / pieces_per_row;
            const std::size_t begin = piece % pieces_per_row * width;
            double sum = 0;
            for (std::size_t j = begin; j < std::min(begin + width, cols); ++j) {
                for (std::size_t k = 0; k < rows; ++k) {
                    for (std::size_t l = 0; l < rows; ++l) sum += image(i, j) - double(k) + double(l);
                }
            }
            std::atomic_ref<double>(totals[i]).fetch_add(sum, std::memory_order_relaxed);
        }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
    }

    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        sum += totals[i];
        sum += double(i);
        image(i, cols - 1) = sum / double(cols) / double(rows);
    }
}
