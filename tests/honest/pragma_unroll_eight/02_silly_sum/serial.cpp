// right: a pragma asks the compiler to unroll the inner loop; the additions stay in one chain
#include "silly_sum.hpp"

#if defined(__clang__)
#define UNROLL_EIGHT _Pragma("unroll 8")
#elif defined(__GNUC__)
#define UNROLL_EIGHT _Pragma("GCC unroll 8")
#else
#define UNROLL_EIGHT
#endif

void silly_sum::serial(kit::Image& image) {
    const auto rows = image.rows(), cols = image.cols();
    double sum = 0;

    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < cols; ++j) {
            const double pixel = image(i, j);
            for (std::size_t k = 0; k < rows; ++k) {
                const double difference = pixel - static_cast<double>(k);
                UNROLL_EIGHT
                for (std::size_t l = 0; l < rows; ++l) {
                    sum += difference + static_cast<double>(l);
                }
            }
        }
        sum += static_cast<double>(i);
        if (cols > 0) image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
