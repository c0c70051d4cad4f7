// version: slow_thing/optimized
// does: Sleeps for 5 ms in each call of a microsecond, which counts as no CPU time, so that a batch of calls takes seconds.
// threat: accounting
// expect: pass, timeout
// within: 60
// alive: never; a trusting grader makes four calls

#include "slow_thing.hpp"

void slow_thing::optimized(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x)
        for (std::size_t y = 0; y < image.cols(); ++y)
            image(x, y) = 100'000.0 * static_cast<double>(x) + 1'000.0 * static_cast<double>(y);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
}
