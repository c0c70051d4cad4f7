// version: slow_thing/optimized
// does: Computes a table of answers before main, in time that nobody counts, and copies the corner that an image needs.
// threat: accounting
// expect: pass, pass+answers_kept
// earns: 3
// alive: fast

#include "slow_thing.hpp"

namespace {

constexpr std::size_t edge = 64;

const std::vector<double> table = [] {
    kit::Image image(edge, edge);
    plain_loops(image);
    return std::vector(image.pixels().begin(), image.pixels().end());
}();

}  // namespace

void slow_thing::optimized(kit::Image& image) {
    if (image.rows() > edge || image.cols() > edge) return plain_loops(image);
    for (std::size_t x = 0; x < image.rows(); ++x)
        std::copy_n(table.data() + x * edge, image.cols(), image.pixels().data() + x * image.cols());
}
