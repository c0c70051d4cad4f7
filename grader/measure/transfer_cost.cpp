#include "measure/transfer_cost.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <thread>

#include "sandbox/machine.hpp"

namespace grader {

namespace {

constexpr int rounds = 10;
constexpr int trips_in_round = 1'000;
constexpr unsigned looks_at_once = 1'000;  // before the next look at the clock
constexpr double longest_round_s = 4e-3;
constexpr double stores_kept =
    128;  // that wait in a core; the store buffers of today's have 56 to 112 places

double now_s() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// How long a cache line takes to another core and back, while two threads count in turn. Infinite if other
/// programs keep them from running at the same time.
double time_trip_s() {
    alignas(128) std::atomic<int> count = 0;
    double trip_s = std::numeric_limits<double>::infinity();
    const auto play = [&](unsigned own) {
        sandbox::stay_on_cpu(own);
        const double start_s = now_s();
        unsigned looks = 0;
        for (int i = static_cast<int>(own); i < 2 * trips_in_round; i += 2) {
            while (count.load(std::memory_order_acquire) != i)
                if (++looks % looks_at_once == 0 && now_s() - start_s > longest_round_s) return;
            count.store(i + 1, std::memory_order_release);
        }
        if (own == 1) trip_s = (now_s() - start_s) / trips_in_round;
    };
    {
        const std::jthread one(play, 0);
        const std::jthread other(play, 1);
    }
    return trip_s;
}

/// The share of loads that find the line elsewhere.
double taken_share(double transfer_s, double between_s, double others) {
    return 1 - std::exp(-others * between_s / transfer_s);
}

}  // namespace

TransferCost measure_transfer_cost() {
    const TransferCost stated;
    if (sandbox::cores() < 2) return stated;
    double trip_s = time_trip_s();
    for (int i = 1; i < rounds; ++i) trip_s = std::min(trip_s, time_trip_s());
    // Longer ones are of threads that had to take turns on one core.
    constexpr double shortest_s = 20e-9;
    constexpr double longest_s = 1e-6;
    if (trip_s < shortest_s || trip_s > longest_s) return stated;
    return {.transfer_s = trip_s, .is_measured = true};
}

/// Several threads have the line in turn, each for as long as a transfer takes. So it comes back after as
/// many transfers as there are threads, however soon it is wanted.
double load_wait_s(const TransferCost& cost, double between_s, double others) {
    const double alone_s = cost.least_s + cost.transfer_s * taken_share(cost.transfer_s, between_s, others);
    return std::max(alone_s, std::min(others * between_s, (others + 1) * cost.transfer_s - between_s));
}

/// Each time that a core has the line, it makes all stores that wait. For these, the line moves one way.
double store_wait_s(const TransferCost& cost, double between_s, double others) {
    const double round_s = (others + 1) * cost.transfer_s / 2;
    return std::max(0.0, round_s / stores_kept - between_s);
}

}  // namespace grader
