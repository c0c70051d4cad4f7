#include "quality_assurance.hpp"

namespace {

/// silly_sum as lesson 2 words it.
void plain_loops(kit::Image& image) {
    if (image.cols() == 0) return;
    const std::size_t rows = image.rows();
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < image.cols(); ++j)
            for (std::size_t k = 0; k < rows; ++k)
                for (std::size_t l = 0; l < rows; ++l)
                    sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
        sum += static_cast<double>(i);
        image(i, image.cols() - 1) = sum / static_cast<double>(image.cols()) / static_cast<double>(rows);
    }
}

/// Equal but for the rounding of the last divisions.
bool nearly_equal(const kit::Image& a, const kit::Image& b) {
    constexpr double tolerance = 1e-12;
    return a.rows() == b.rows() && a.cols() == b.cols() &&
           std::ranges::equal(a.pixels(), b.pixels(), [](double x, double y) {
               return std::abs(x - y) <= tolerance * std::max(std::abs(x), std::abs(y));
           });
}

/// Whole numbers from 0 to `largest`, in no simple order.
kit::Image some_image(std::size_t rows, std::size_t cols, std::uint64_t largest) {
    kit::Image image(rows, cols);
    std::uint64_t state = 1;
    for (double& pixel : image.pixels()) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        pixel = static_cast<double>((state >> 33U) % (largest + 1));
    }
    return image;
}

bool agree_on(const std::function<void(kit::Image&)>& candidate, const kit::Image& image) {
    kit::Image expected = image;
    kit::Image actual = image;
    plain_loops(expected);
    candidate(actual);
    return nearly_equal(expected, actual);
}

}  // namespace

bool quality_assurance::accepts(const std::function<void(kit::Image&)>& candidate) {
    constexpr std::uint64_t bytes = 255;       // as in the lesson
    constexpr std::uint64_t large = 1U << 30;  // whose sums no int or float holds
    constexpr std::pair<std::size_t, std::size_t> shapes[] = {{1, 1}, {1, 6}, {6, 1},  {5, 5}, {7, 4},
                                                              {4, 7}, {2, 3}, {12, 9}, {3, 0}, {0, 3}};
    for (const auto& [rows, cols] : shapes)
        for (const std::uint64_t largest : {bytes, large})
            if (!agree_on(candidate, some_image(rows, cols, largest))) return false;
    return true;
}
