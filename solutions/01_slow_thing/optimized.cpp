#include "slow_thing.hpp"

namespace {

constexpr double per_row = 100'000;  // 1000 · 100 times x
constexpr double per_column = 1000;  // 1000 times y
constexpr std::size_t block_size = 8;

/// row[y] = start + per_column · y. All of it is whole and below 2^53, so exact however it is added up.
void fill_row(std::span<double> row, double start) {
    // Eight neighbouring pixels sit in a few vector registers, and one addition moves them on by eight
    // columns. Converting every y to double would take longer than storing it: without AVX-512, x86 converts
    // a std::size_t one at a time.
    std::array<double, block_size> block;
    for (std::size_t lane = 0; lane < block_size; ++lane)
        block[lane] = start + per_column * static_cast<double>(lane);

    std::size_t y = 0;
    for (; y + block_size <= row.size(); y += block_size) {
        for (std::size_t lane = 0; lane < block_size; ++lane) row[y + lane] = block[lane];
        for (std::size_t lane = 0; lane < block_size; ++lane) block[lane] += per_column * block_size;
    }
    for (; y < row.size(); ++y) row[y] = start + per_column * static_cast<double>(y);
}

}  // namespace

void slow_thing::optimized(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        fill_row(image.pixels().subspan(x * image.cols(), image.cols()), per_row * static_cast<double>(x));
}
