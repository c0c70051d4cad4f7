// version: slow_thing/serial
// does: Takes 2.5 GB (not more) a hundred megabytes at a time.
// threat: run
// expect: out_of_memory, crash
// canary: none: it is live when it passes, having had all of it

#include <cstring>

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
    std::vector<std::unique_ptr<char[]>> hoard;
    for (int i = 0; i < 25; ++i) {
        hoard.emplace_back(new char[100 << 20]);
        std::memset(hoard.back().get(), i + 1, 100 << 20);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    plain_loops(image);
}
