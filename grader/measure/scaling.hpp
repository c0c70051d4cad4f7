#pragma once

/// What work and span say about a threaded version, and whether they can be believed.

#include <optional>
#include <string>
#include <vector>

#include "measure/measured.hpp"
#include "run/call.hpp"

namespace grader {

/// Of a clock that stood still, or of a claim, which may be anything.
inline constexpr double least_s = 1e-9;

/// Of the calls of a batch; work and span are never 0.
ThreadedCall per_call(const CallResult& result, std::size_t count);

/// From at least one repetition. `baseline_s` > 0.
Speedup predicted_speedup(unsigned threads, double baseline_s, const std::vector<ThreadedCall>& calls);

/// The efficiency (speed-up / threads) that the bands look at: the geometric mean of the predicted ones over
/// the thread counts. Where none was predicted, of those by wall clock that `cores` can show. Empty if
/// nothing was measured.
std::optional<Interval> mean_efficiency(const std::vector<Speedup>& speedups, unsigned cores);

/// What limits a program.
struct Limit {
    std::string sentence;                 // with the number; empty if nothing was predicted
    std::optional<Symptom> symptom = {};  // none if it could be many things
};

/// Of the program with most threads.
Limit limit_of(const std::vector<Speedup>& speedups);

/// A claim of the virtual clock that what the kernel saw speaks against.
struct Doubt {
    std::string flag;
    std::string why;  // with the numbers
};

/// At most one of each flag.
std::vector<Doubt> audit(const std::vector<Speedup>& speedups);

}  // namespace grader
