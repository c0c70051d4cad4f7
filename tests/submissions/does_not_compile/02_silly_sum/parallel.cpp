// OpenMP, which the kit doesn't have.
#include "silly_sum.hpp"

extern "C" void omp_set_num_threads(int count);

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    omp_set_num_threads(static_cast<int>(threads));
#pragma omp parallel for
    for (std::size_t i = 0; i < image.rows(); ++i) image(i, 0) = 0;
}
