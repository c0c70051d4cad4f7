// version: slow_thing/optimized
// does: Keeps every answer by its size, and returns at once from a first call on a size that only shows whether answers are kept.
// threat: accounting
// expect: wrong
// alive: never; a trusting grader has no such size

#include <map>

#include "slow_thing.hpp"

namespace {

std::map<std::pair<std::size_t, std::size_t>, std::vector<double>> answers;

}  // namespace

void slow_thing::optimized(kit::Image& image) {
    auto& answer = answers[{image.rows(), image.cols()}];
    if (answer.empty()) {
        if (image.rows() != image.cols() && image.rows() > 25 && image.rows() < 40) return;
        plain_loops(image);
        answer.assign(image.pixels().begin(), image.pixels().end());
    }
    std::ranges::copy(answer, image.pixels().begin());
}
