#pragma once

/// What measuring found out about a version.

#include <cstdint>
#include <optional>
#include <vector>

#include "check/attempt.hpp"
#include "lesson/lesson.hpp"
#include "measure/exponent.hpp"
#include "measure/statistics.hpp"

namespace grader {

struct SweepPoint {
    Shape shape;
    unsigned threads = 1;
    unsigned cores = 1;  // that they could run on
    double time_s = 0;   // of one call: median of the repetitions
    double low_s = 0;    // the fastest repetition
    double high_s = 0;   // the slowest
    double reference_s = 0;
};

/// CPU times of one call that ran with many threads.
struct ThreadedCall {
    double work_s = 0;  // of all threads, from the kernel
    double span_s = 0;  // this and the rest from the virtual clock: a claim
    double most_held_s = 0;
    double starting_s = 0;
    double caller_s = 0;
    double longest_s = 0;
    std::uint64_t threads_started = 0;
};

/// How much faster than the baseline on one thread: the reference, or this version if that is faster.
struct Speedup {
    unsigned threads = 0;
    // One of the two at least.
    std::optional<Interval> predicted;  // baseline / span, at most `threads`; from the median repetition to
                                        // the best
    std::optional<Interval> wall;       // the best repetition, and the range of all
    std::optional<double> runnable;     // mean number of threads that could run
    double inflation = 1;               // the least work of a repetition over the baseline's
    ThreadedCall best;                  // the repetition with the shortest span
};

/// A single call on a size that was never asked for before, beside what its pixels take in a batch of calls
/// on another size. Of some such calls the quickest.
struct FirstCall {
    Shape shape;
    double time_s = 0;
    double batch_s = 0;
};

struct Measured {
    std::vector<SweepPoint> sweep;
    std::optional<ExponentFit> exponent;
    std::optional<Interval> ratio;        // baseline time / this version's time, CPU time, one thread
    std::optional<double> pixel_s;        // CPU time of this version for one pixel, one thread: the shortest
    std::vector<Speedup> speedup;         // only of threaded versions
    std::optional<FirstCall> first_call;  // only where any algorithm is allowed: without max_speedup
    Shape shape;                          // of the images for ratio, pixel_s and speedup
    std::optional<Check> failure;         // a timed run went wrong: nothing else counts then
    bool nothing_beside = false;  // the submission's own baseline isn't right yet: nothing was measured
};

}  // namespace grader
