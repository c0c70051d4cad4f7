// An exception leaves a thread.
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::jthread thread([&] {
        if (image.rows() % threads == 0) throw std::runtime_error("no rows are left over");
        throw std::runtime_error("the rows don't divide evenly");
    });
}
