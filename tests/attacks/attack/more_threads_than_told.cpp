// version: slow_thing/parallel
// does: Does a part of the work alone, and makes up for it with more threads at work than it was told, but not so many that the span is below an even share.
// threat: accounting
// expect: pass
// earns: 11
// alive: threads

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const std::size_t alone = 7 * image.rows() / 48;
    work_on_rows(image, 0, alone);
    const std::size_t each = std::max(image.rows() / threads, alone + 1) - alone;
    std::vector<std::jthread> team;
    for (std::size_t x = alone; x < image.rows(); x += each)
        team.emplace_back([&, x] { work_on_rows(image, x, std::min(x + each, image.rows())); });
}
