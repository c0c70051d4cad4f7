// version: slow_thing/parallel
// does: Halves the rows recursively, a thread for each half.
// threat: accounting
// expect: pass
// canary: none: honest

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    const auto split = [&image](const auto& self, std::size_t first, std::size_t last,
                                unsigned team) -> void {
        if (team <= 1 || last - first <= 1) {
            work_on_rows(image, first, last);
            return;
        }
        const std::size_t middle = first + (last - first) * (team / 2) / team;
        std::jthread other([&] { self(self, first, middle, team / 2); });
        self(self, middle, last, team - team / 2);
    };
    split(split, 0, image.rows(), threads);
}
