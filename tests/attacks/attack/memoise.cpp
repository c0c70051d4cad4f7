// version: slow_thing/optimized
// does: Keeps every answer by its size, since the pixels do not depend on the image, and copies it the next time.
// threat: accounting
// expect: pass+answers_kept, wrong
// alive: fast

#include <map>

#include "slow_thing.hpp"

namespace {

std::map<std::pair<std::size_t, std::size_t>, std::vector<double>> answers;

}  // namespace

void slow_thing::optimized(kit::Image& image) {
    auto& answer = answers[{image.rows(), image.cols()}];
    if (answer.empty()) {
        plain_loops(image);
        answer.assign(image.pixels().begin(), image.pixels().end());
    }
    std::ranges::copy(answer, image.pixels().begin());
}
