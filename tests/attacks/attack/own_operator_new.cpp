// version: slow_thing/serial
// does: Replaces operator new and delete, to leave a mark whenever the harness itself uses them.
// threat: objects
// expect: pass
// canary: file /tmp/slow_things_canary/operator_new

#include <fcntl.h>
#include <unistd.h>
#include <cstdlib>
#include <new>

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

thread_local bool mine = false;
void leave_mark(const char* path) {
    const int file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);
    if (file < 0) return;
    [[maybe_unused]] const auto n = write(file, "alive\n", 6);
    close(file);
}

}  // namespace

void slow_thing::serial(kit::Image& image) {
    mine = true;
    delete new int;
    plain_loops(image);
    mine = false;
}

void* operator new(std::size_t size) {
    if (!mine) leave_mark("/tmp/slow_things_canary/operator_new");
    if (void* const memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
