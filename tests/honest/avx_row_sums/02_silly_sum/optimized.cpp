// right: row sums with AVX or SSE2 intrinsics where the compiler has them, else with a plain loop
#include "silly_sum.hpp"

#if defined(__AVX__) || defined(__SSE2__)
#include <immintrin.h>
#endif

namespace {

inline double sum_of(const double* p, std::size_t n) noexcept {
    std::size_t j = 0;
    double sum = 0;
#if defined(__AVX__)
    __m256d a = _mm256_setzero_pd(), b = a;
    for (; j + 8 <= n; j += 8) {
        a = _mm256_add_pd(a, _mm256_loadu_pd(p + j));
        b = _mm256_add_pd(b, _mm256_loadu_pd(p + j + 4));
    }
    a = _mm256_add_pd(a, b);
    const __m128d two = _mm_add_pd(_mm256_castpd256_pd128(a), _mm256_extractf128_pd(a, 1));
    sum = _mm_cvtsd_f64(two) + _mm_cvtsd_f64(_mm_unpackhi_pd(two, two));
#elif defined(__SSE2__)
    __m128d a = _mm_setzero_pd(), b = a;
    for (; j + 4 <= n; j += 4) {
        a = _mm_add_pd(a, _mm_loadu_pd(p + j));
        b = _mm_add_pd(b, _mm_loadu_pd(p + j + 2));
    }
    a = _mm_add_pd(a, b);
    sum = _mm_cvtsd_f64(a) + _mm_cvtsd_f64(_mm_unpackhi_pd(a, a));
#endif
    for (; j < n; ++j) sum += p[j];
    return sum;
}

}  // namespace

void silly_sum::optimized(kit::Image& image) {
    const auto rows = image.rows(), cols = image.cols();
    if (image.pixels().empty()) return;
    const double each = static_cast<double>(rows) * static_cast<double>(rows);
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        double* const row = image.pixels().data() + i * cols;
        sum += each * sum_of(row, cols) + static_cast<double>(i);
        row[cols - 1] = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
