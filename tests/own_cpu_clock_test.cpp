// All threads run on one CPU, which main() in virtual_clock_test.cpp sets.

#include "own_cpu_clock.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

namespace own_cpu_clock = worker::own_cpu_clock;
using namespace std::chrono_literals;

namespace {

/// Shorter than the sleeps and turns below, but longer than what the kernel usually leaves out.
constexpr std::int64_t tolerance_ns = 50'000;
constexpr int samples = 300;

/// The median distance to the kernel's clock. One sample may contain an interrupt or stolen time.
template <class Between>
std::int64_t typical_error_ns(Between&& between) {
    std::vector<std::int64_t> errors;
    for (int i = 0; i < samples; ++i) {
        between();
        const std::int64_t now = own_cpu_clock::now_ns();
        errors.push_back(std::abs(now - own_cpu_clock::exactly_now_ns()));
    }
    std::ranges::nth_element(errors, errors.begin() + samples / 2);
    return errors[samples / 2];
}

void work(std::int64_t cpu_ns) {
    const std::int64_t end = own_cpu_clock::exactly_now_ns() + cpu_ns;
    while (own_cpu_clock::exactly_now_ns() < end) {
    }
}

class OwnCpuClock : public testing::Test {
  protected:
    OwnCpuClock() { own_cpu_clock::prepare(); }
};

TEST_F(OwnCpuClock, runs_as_the_kernels) {
    EXPECT_LT(typical_error_ns([] { work(100'000); }), tolerance_ns);
}

TEST_F(OwnCpuClock, does_not_count_a_short_sleep) {
    EXPECT_LT(typical_error_ns([] { std::this_thread::sleep_for(300us); }), tolerance_ns);
}

TEST_F(OwnCpuClock, does_not_count_the_short_turns_of_other_threads) {
    std::vector<std::int64_t> errors(4);
    {
        std::vector<std::jthread> team;
        for (std::int64_t& error : errors)
            team.emplace_back([&error] {
                error = typical_error_ns([] {
                    work(100'000);
                    sched_yield();
                });
            });
    }
    for (const std::int64_t error : errors) EXPECT_LT(error, tolerance_ns);
}

}  // namespace
