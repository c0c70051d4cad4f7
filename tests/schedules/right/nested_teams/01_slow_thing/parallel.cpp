// right: outer threads own bands of rows and start, and join, inner threads for them.
#include "slow_thing.hpp"

namespace {

double slow_pixel(std::size_t x, std::size_t y) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
        for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
        sum += static_cast<double>(y);
    }
    return sum;
}

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) image(x, y) = slow_pixel(x, y);
}

/// Where part t of `parts` begins when `size` things are shared out.
std::size_t begin_of(std::size_t t, std::size_t size, std::size_t parts) {
    return t * size / parts;
}

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::size_t groups = 1;
    while ((groups + 1) * (groups + 1) <= threads) ++groups;

    // Each group has at least one inner thread, and the groups together have `threads`.
    const auto lead = [&](std::size_t g) {
        const std::size_t inner = begin_of(g + 1, threads, groups) - begin_of(g, threads, groups);
        const std::size_t first = begin_of(g, image.rows(), groups);
        const std::size_t last = begin_of(g + 1, image.rows(), groups);
        std::vector<std::jthread> team;
        for (std::size_t t = 0; t < inner; ++t)
            team.emplace_back([&image, first, last, inner, t] {
                for (std::size_t x = first + t; x < last; x += inner) fill_row(image, x);
            });
    };
    std::vector<std::jthread> leaders;
    for (std::size_t g = 0; g < groups; ++g) leaders.emplace_back(lead, g);
}
