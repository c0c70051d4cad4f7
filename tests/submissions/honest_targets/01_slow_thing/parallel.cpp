// Threads of C11, which ThreadSanitizer doesn't know.
#include <threads.h>

#include <vector>

#include "slow_thing.hpp"

namespace {

struct Band {
    kit::Image* image;
    std::size_t first;
    std::size_t end;
};

int fill(void* argument) {
    const Band& band = *static_cast<const Band*>(argument);
    for (std::size_t x = band.first; x < band.end; ++x)
        for (std::size_t y = 0; y < band.image->cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            (*band.image)(x, y) = sum;
        }
    return 0;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<Band> bands;
    for (unsigned t = 0; t < threads; ++t)
        bands.push_back({&image, t * image.rows() / threads, (t + 1) * image.rows() / threads});
    std::vector<thrd_t> team(threads);
    for (unsigned t = 0; t < threads; ++t) thrd_create(&team[t], fill, &bands[t]);
    for (const thrd_t thread : team) thrd_join(thread, nullptr);
}
