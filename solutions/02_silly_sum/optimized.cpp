#include "silly_sum.hpp"

#include <numeric>

namespace {

/// Folds the upper half onto the lower one until one number is left: log2(n) additions wait for each other,
/// not n. It recurses so that each step has a size known to the compiler, which then keeps it in registers.
template <std::size_t n>
double fold(const std::array<double, n>& sums) {
    if constexpr (n == 1) {
        return sums[0];
    } else {
        std::array<double, n / 2> halves;
        for (std::size_t i = 0; i < n / 2; ++i) halves[i] = sums[i] + sums[i + n / 2];
        return fold(halves);
    }
}

/// The sums of `count` rows that lie one after the other from `first` on. Whole numbers below 2^53 add
/// exactly in every order, so the order may be one that no addition waits for; rows read side by side keep
/// more of the memory's requests under way.
template <std::size_t count>
std::array<double, count> row_sums(const double* first, std::size_t cols) {
    constexpr std::size_t chains = 32 / count;  // 3 or 4 cycles for an addition × 4 or 8 numbers in a vector
    std::array<std::array<double, chains>, count> sums{};
    std::size_t j = 0;
    for (; j + chains <= cols; j += chains)
        for (std::size_t row = 0; row < count; ++row)
            for (std::size_t chain = 0; chain < chains; ++chain)
                sums[row][chain] += first[row * cols + j + chain];

    std::array<double, count> totals{};
    for (std::size_t row = 0; row < count; ++row)
        totals[row] = std::accumulate(first + row * cols + j, first + (row + 1) * cols, fold(sums[row]));
    return totals;
}

}  // namespace

void silly_sum::optimized(kit::Image& image) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    if (cols == 0) return;

    // -k and +l cancel over all pairs (k, l), so a pixel adds its value rows² times.
    const double pairs = static_cast<double>(rows) * static_cast<double>(rows);
    const std::span<double> pixels = image.pixels();
    double sum = 0;
    const auto finish_rows = [&](std::size_t i, const auto& of_pixels) {
        for (const double of_row : of_pixels) {
            sum += pairs * of_row + static_cast<double>(i);
            pixels[++i * cols - 1] = sum / static_cast<double>(cols) / static_cast<double>(rows);
        }
    };
    constexpr std::size_t together = 4;
    std::size_t i = 0;
    for (; i + together <= rows; i += together) finish_rows(i, row_sums<together>(&pixels[i * cols], cols));
    for (; i < rows; ++i) finish_rows(i, row_sums<1>(&pixels[i * cols], cols));
}
