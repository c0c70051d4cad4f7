// version: slow_thing/serial
// does: Does not end: a static destructor loops for 100 s.
// threat: parent
// expect: pass
// canary: none: it is live when the grader waits for the 100 s

#include <chrono>

#include "slow_thing.hpp"

namespace {

void plain_loops(kit::Image& image) {
    for (std::size_t x = 0; x < image.rows(); ++x) {
        for (std::size_t y = 0; y < image.cols(); ++y) {
            double sum = 0;
            for (int i = 0; i < 1000; ++i) {
                for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}

struct Endless {
    ~Endless() {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(100);
        while (std::chrono::steady_clock::now() < end) {
        }
    }
} endless;

}  // namespace

void slow_thing::serial(kit::Image& image) {
    plain_loops(image);
}
