// The additions are gone: a shorter way to the same sum has replaced them, or the compiler has found one (it
// may reorder additions of integers, but never those of doubles).
//
// Hint: Which of the three files is the place for a better algorithm, and what is the point of this one?
// Which type does your sum have?
//
// Evidence: work_removed
#include "slow_thing.hpp"

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y)
        image(x, y) = 100000.0 * static_cast<double>(x) + 1000.0 * static_cast<double>(y);
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) fill_row(image, x);
}

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<std::jthread> team;
    for (std::size_t t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
        });
}
