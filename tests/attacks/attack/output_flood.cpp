// version: slow_thing/serial
// does: Prints 64 MB.
// threat: run
// expect: crash
// canary: none: it is live when the report or the memory of the grader grows with it

#include <unistd.h>

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

}  // namespace

void slow_thing::serial(kit::Image& image) {
    static std::string line(65536, '!');
    for (int i = 0; i < 1000; ++i) [[maybe_unused]] const auto n = write(1, line.data(), line.size());
    plain_loops(image);
}
