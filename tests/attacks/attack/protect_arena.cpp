// version: slow_thing/serial
// does: Forbids itself to write to the shared images, once they are right.
// threat: parent
// expect: crash, wrong, memory_error
// canary: none: it is live when its next call dies

#include <sys/mman.h>

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
    constexpr std::uintptr_t page = 4096;
    plain_loops(image);
    const auto start = reinterpret_cast<std::uintptr_t>(image.pixels().data()) / page * page;
    mprotect(reinterpret_cast<void*>(start), page, PROT_READ);
}
