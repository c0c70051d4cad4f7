// right: the formula with AVX or SSE2 intrinsics where the compiler has them, else without
#include "slow_thing.hpp"

#if defined(__AVX__) || defined(__SSE2__)
#include <immintrin.h>
#endif

void slow_thing::optimized(kit::Image& image) {
    double* out = image.pixels().data();
    const std::size_t rows = image.rows(), cols = image.cols();

    for (std::size_t x = 0; x < rows; ++x, out += cols) {
        const double base = 100000.0 * static_cast<double>(x);
        std::size_t y = 0;
#if defined(__AVX__)
        __m256d value = _mm256_add_pd(_mm256_set1_pd(base), _mm256_setr_pd(0, 1000, 2000, 3000));
        const __m256d step = _mm256_set1_pd(4000);
        for (; y + 4 <= cols; y += 4) {
            _mm256_storeu_pd(out + y, value);
            value = _mm256_add_pd(value, step);
        }
#elif defined(__SSE2__)
        __m128d value = _mm_add_pd(_mm_set1_pd(base), _mm_setr_pd(0, 1000));
        const __m128d step = _mm_set1_pd(2000);
        for (; y + 2 <= cols; y += 2) {
            _mm_storeu_pd(out + y, value);
            value = _mm_add_pd(value, step);
        }
#endif
        for (; y < cols; ++y) out[y] = base + 1000.0 * static_cast<double>(y);
    }
}
