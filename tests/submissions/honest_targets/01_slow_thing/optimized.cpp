// Vectors of the processor's own, by intrinsics.
#include "slow_thing.hpp"

#ifdef __AVX__
#include <immintrin.h>

void slow_thing::optimized(kit::Image& image) {
    const __m256d steps = _mm256_set_pd(3000, 2000, 1000, 0);
    for (std::size_t x = 0; x < image.rows(); ++x) {
        const double base = 100000.0 * static_cast<double>(x);
        std::size_t y = 0;
        for (; y + 4 <= image.cols(); y += 4) {
            const __m256d first = _mm256_set1_pd(base + 1000.0 * static_cast<double>(y));
            _mm256_storeu_pd(&image(x, y), _mm256_add_pd(first, steps));
        }
        for (; y < image.cols(); ++y) image(x, y) = base + 1000.0 * static_cast<double>(y);
    }
}
#else
void slow_thing::optimized(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y)
            image(x, y) = 100000.0 * static_cast<double>(x) + 1000.0 * static_cast<double>(y);
}
#endif
