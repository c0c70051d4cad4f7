// A deadlock: two threads take two mutexes in opposite order, each having one before it asks for the other.
#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image&, unsigned) {
    std::mutex left;
    std::mutex right;
    std::barrier both_have_one(2);
    const auto take = [&](std::mutex& mine, std::mutex& other) {
        const std::lock_guard first(mine);
        both_have_one.arrive_and_wait();
        const std::lock_guard second(other);
    };
    std::jthread one([&] { take(left, right); });
    std::jthread two([&] { take(right, left); });
}
