#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    auto* p = new std::vector<double>(10);
    std::jthread a([&] { (*p)[3] = 1; });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    delete p;
}
