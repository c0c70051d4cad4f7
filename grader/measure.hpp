#pragma once

/// Timing a version that passed its checks, side by side with the reference. One-thread versions by the CPU
/// time that the kernel counted for the worker, threaded ones by wall clock.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "check.hpp"
#include "exponent.hpp"
#include "lesson.hpp"
#include "statistics.hpp"

namespace grader {

struct SweepPoint {
    Shape shape;
    unsigned threads = 1;
    double time_s = 0;  // of one call: median of the repetitions
    double low_s = 0;   // the fastest repetition
    double high_s = 0;  // the slowest
    double reference_s = 0;
};

struct Speedup {
    unsigned threads = 0;
    Interval wall;  // best of the repetitions, and the range of all
};

struct Measured {
    std::vector<SweepPoint> sweep;
    std::optional<ExponentFit> exponent;
    std::optional<Interval> ratio;  // baseline time / this version's time, CPU time, one thread
    std::vector<Speedup> speedup;   // only of threaded versions
    std::optional<Check> failure;   // a timed run went wrong: nothing else counts then
};

/// Told before each size: what is measured now.
using MeasureProgress = std::function<void(const Job& job, const std::string& what)>;

/// `seed` is the grading's; every image of every batch differs.
Measured measure(const Job& job, References& references, std::uint64_t seed, const MeasureProgress& progress);

}  // namespace grader
