// Takes more and more memory, up to 304 MB: more than the tests' lessons allow, and little enough to spare any machine.
#include "silly_sum.hpp"

void silly_sum::optimized(kit::Image& image) {
    constexpr std::size_t block_bytes = 16 << 20;
    constexpr std::size_t page_bytes = 4096;
    std::vector<std::unique_ptr<char[]>> hoard;
    while (hoard.size() < 19) {
        hoard.emplace_back(new char[block_bytes]);
        volatile char* block = hoard.back().get();
        for (std::size_t i = 0; i < block_bytes; i += page_bytes) block[i] = 1;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (!image.pixels().empty()) image.pixels().front() = hoard.front()[0];
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    throw std::length_error("it was not stopped");
}
