// right: a constexpr function adds one pixel, and static_asserts test it while it compiles
#include "silly_sum.hpp"

namespace {

[[nodiscard]] constexpr double with_pixel(double sum, double pixel, std::size_t n) noexcept {
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t l = 0; l < n; ++l) sum += pixel - static_cast<double>(k) + static_cast<double>(l);
    return sum;
}

static_assert(with_pixel(0, 3, 2) == 12);
static_assert(with_pixel(5, 7, 1) == 12);
static_assert(with_pixel(5, 7, 0) == 5);

}  // namespace

namespace silly_sum {

void serial(kit::Image& image) {
    const std::size_t rows{image.rows()}, cols{image.cols()};
    double sum{};
    for (std::size_t i{}; i < rows; ++i) {
        for (std::size_t j{}; j < cols; ++j) sum = with_pixel(sum, image(i, j), rows);
        sum += static_cast<double>(i);
        if (cols) image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}

}  // namespace silly_sum
