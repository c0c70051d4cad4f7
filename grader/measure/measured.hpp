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
    unsigned cores = 1;  // how many the threads could run on
    double time_s = 0;   // time of one call: the repetitions' median
    double low_s = 0;    // the fastest repetition
    double high_s = 0;   // the slowest
    double reference_s = 0;
};

/// CPU times of one call that ran with many threads.
struct ThreadedCall {
    double work_s = 0;  // all threads' CPU time, from the kernel
    double span_s = 0;  // claimed, like all below, by the virtual clock
    double most_held_s = 0;
    double starting_s = 0;
    double caller_s = 0;
    double longest_s = 0;
    std::uint64_t threads_started = 0;
};

/// The speed over that of one thread, which is the baseline's or, if faster, this version's own.
struct Speedup {
    unsigned threads = 0;
    // At least one of the two is set.
    std::optional<Interval> predicted;  // baseline / span, at most `threads`; from median to best repetition
    std::optional<Interval> wall;       // value: the best repetition; low to high: the range of all
    std::optional<double> with_lines_moving;  // the predicted one, less what false sharing costs
    std::optional<double> runnable;           // mean number of runnable threads
    double crowded_share =
        0;                 // how often at least two more than `threads` were runnable, in the calmest call
    double inflation = 1;  // the repetitions' least work over its own on one thread
    ThreadedCall best;     // the repetition with the shortest span
};

/// What one thread does with a cache line that others use at the same time.
struct LineOwner {
    unsigned thread = 0;
    std::uint64_t loads = 0;
    std::uint64_t stores = 0;
    std::uint64_t stored_bytes = 0;  // a bit for each byte of the line
    std::uint64_t loaded_bytes = 0;
};

/// False sharing: threads use one cache line at the same time, none the other's bytes.
struct FalseSharing {
    unsigned threads = 0;           // of the call
    int line = 0;                   // of the student's file that uses the cache line the most
    std::string code;               // that line
    std::string variable;           // what it changes there: "share[i]"; empty if that isn't known
    std::vector<LineOwner> owners;  // of that cache line
    std::size_t lines = 0;          // cache lines that are shared so
    double transfer_s = 0;
    bool is_transfer_measured = false;  // on this machine; else it is a stated one
};

/// The quickest of several single calls on sizes that were new to the program, and the time of as many pixels
/// in a batch of calls on another size.
struct FirstCall {
    Shape shape;
    double time_s = 0;
    double batch_s = 0;
};

/// CPU times of a call on one thread.
struct OneThread {
    double fastest_s = 0;  // the baseline's or, if faster, this version's
    double own_s = 0;      // this version's, by the kernel
};

struct Measured {
    std::vector<SweepPoint> sweep;
    std::optional<ExponentFit> exponent;
    std::optional<Interval> ratio;        // baseline time / this version's time, CPU time, one thread
    std::optional<double> pixel_s;        // this version's shortest CPU time for one pixel, on one thread
    std::vector<Speedup> speedup;         // only for threaded versions
    std::optional<OneThread> one_thread;  // only for threaded versions
    std::optional<FirstCall> first_call;  // only without max_speedup, where any algorithm is allowed
    std::optional<FalseSharing> false_sharing;
    bool cache_lines_not_counted = false;  // threads may share some, but counting them didn't end
    Shape shape;                           // the images' shape for ratio, pixel_s and speedup
    std::optional<Check> failure;          // if set, a timed run went wrong and nothing else counts
    bool nothing_beside = false;  // nothing was measured, as the submission's own baseline isn't right yet
};

}  // namespace grader
