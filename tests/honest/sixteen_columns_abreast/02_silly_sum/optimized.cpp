// right: all the additions, in sixteen chains for sixteen columns; 12 of 20 points at most
#include "silly_sum.hpp"

void silly_sum::optimized(kit::Image& image) {
    constexpr std::size_t lanes = 16;
    const std::size_t rows = image.rows(), cols = image.cols();
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < cols; j += lanes) {
            const std::size_t used = std::min(lanes, cols - j);
            double pixel[lanes] = {}, chain[lanes] = {};
            for (std::size_t c = 0; c < used; ++c) pixel[c] = image(i, j + c);

            for (std::size_t k = 0; k < rows; ++k)
                for (std::size_t l = 0; l < rows; ++l)
                    for (std::size_t c = 0; c < lanes; ++c)
                        chain[c] += pixel[c] - static_cast<double>(k) + static_cast<double>(l);

            for (std::size_t c = 0; c < used; ++c) sum += chain[c];  // the unused ones hold nonsense
        }
        sum += static_cast<double>(i);
        if (cols > 0) image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
