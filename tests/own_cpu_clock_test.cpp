// All threads run on one CPU: the main of virtual_clock_test.cpp sees to that.

#include "own_cpu_clock.hpp"

#include <gtest/gtest.h>

#include <barrier>
#include <chrono>
#include <thread>
#include <vector>

namespace own_cpu_clock = worker::own_cpu_clock;
using namespace std::chrono_literals;

namespace {

/// Time that only the kernel knows of is counted for so long at most. A turn of another thread is longer.
constexpr std::int64_t tolerance_ns = own_cpu_clock::longest_ns;

void expect_the_kernels() {
    const std::int64_t before = own_cpu_clock::exactly_now_ns();
    const std::int64_t now = own_cpu_clock::now_ns();
    const std::int64_t after = own_cpu_clock::exactly_now_ns();
    EXPECT_GE(now, before - tolerance_ns);
    EXPECT_LE(now, after + tolerance_ns);
}

/// Reads all the time.
void work(std::int64_t cpu_ns) {
    const std::int64_t end = own_cpu_clock::exactly_now_ns() + cpu_ns;
    while (own_cpu_clock::exactly_now_ns() < end) expect_the_kernels();
}

TEST(OwnCpuClock, runs_as_the_kernels) {
    own_cpu_clock::prepare();
    work(50'000'000);
}

TEST(OwnCpuClock, does_not_count_a_sleep) {
    own_cpu_clock::prepare();
    for (int i = 0; i < 5; ++i) {
        own_cpu_clock::now_ns();
        std::this_thread::sleep_for(10ms);
        expect_the_kernels();
    }
}

TEST(OwnCpuClock, does_not_count_the_turns_of_other_threads) {
    own_cpu_clock::prepare();
    std::barrier all(4);
    std::vector<std::jthread> team;
    for (int t = 0; t < 4; ++t)
        team.emplace_back([&] {
            all.arrive_and_wait();
            work(20'000'000);
        });
}

}  // namespace
