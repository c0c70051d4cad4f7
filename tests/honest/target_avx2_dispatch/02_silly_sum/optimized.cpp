// right: one function has a target attribute for AVX2, and the processor is asked whether it can run it
#include "silly_sum.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_TARGETS 1
#else
#define HAS_TARGETS 0
#endif

namespace {

[[gnu::always_inline]] inline void add_rows(kit::Image& image) {
    const std::size_t rows = image.rows(), cols = image.cols();
    const double each = double(rows) * double(rows);
    double* row = image.pixels().data();
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i, row += cols) {
        double part[8] = {};
        std::size_t j = 0;
        for (; j + 8 <= cols; j += 8)
            for (std::size_t lane = 0; lane < 8; ++lane) part[lane] += row[j + lane];
        for (; j < cols; ++j) part[0] += row[j];
        const double pixels =
            ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
        sum += each * pixels + double(i);
        row[cols - 1] = sum / double(cols) / double(rows);
    }
}

#if HAS_TARGETS
__attribute__((target("avx2"))) void add_rows_avx2(kit::Image& image) {
    add_rows(image);
}
#endif

}  // namespace

void silly_sum::optimized(kit::Image& image) {
    if (image.rows() == 0 || image.cols() == 0) return;
#if HAS_TARGETS
    if (__builtin_cpu_supports("avx2")) {
        add_rows_avx2(image);
        return;
    }
#endif
    add_rows(image);
}
