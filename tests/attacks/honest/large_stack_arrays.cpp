// version: slow_thing/parallel
// does: Has arrays of a megabyte on the stacks of its threads.
// threat: accounting
// expect: pass
// canary: none: honest

#include "slow_thing.hpp"

namespace {

void rows(kit::Image& image, std::size_t first, std::size_t last) {
    std::array<double, 131072> sums;  // 1 MB
    for (std::size_t x = first; x < last; ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            sums[y % sums.size()] = sum;
            image(x, y) = sums[y % sums.size()];
        }
    }
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, t, threads] {
            rows(image, t * image.rows() / threads, (t + 1) * image.rows() / threads);
        });
    for (auto& thread : team) thread.join();
}
