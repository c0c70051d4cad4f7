#pragma once

/// Judges a threaded version by work and span, and audits whether they can be believed.

#include <optional>
#include <string>
#include <vector>

#include "measure/measured.hpp"
#include "run/call.hpp"

namespace grader {

/// Lower bound for any time: a clock may stand still, and a claimed time may be 0.
inline constexpr double least_s = 1e-9;

/// The times per call of a batch of `count`. Work and span are never 0.
ThreadedCall per_call(const CallResult& result, std::size_t count);

/// The speed-up predicted from at least one repetition. A call on one thread takes the faster of the baseline
/// and this version baseline_s, and this version own_s; both > 0.
Speedup predicted_speedup(unsigned threads, double baseline_s, double own_s,
                          const std::vector<ThreadedCall>& calls);

/// The efficiency (speed-up / threads) that decides the band: the geometric mean of the predicted ones over
/// the thread counts. Where none was predicted, wall-clock efficiencies that `cores` can show are used. Empty
/// if nothing was measured.
std::optional<Interval> mean_efficiency(const std::vector<Speedup>& speedups, unsigned cores);

/// The same, less what false sharing costs; empty if that isn't known for every thread count.
std::optional<Interval> mean_efficiency_with_cache_lines(const std::vector<Speedup>& speedups);

/// What limits a program.
struct Limit {
    std::string sentence;                 // with the number; empty if nothing was predicted
    std::optional<Symptom> symptom = {};  // empty if there could be many causes
};

/// The limit of the call with the most threads.
Limit limit_of(const std::vector<Speedup>& speedups);

/// A claim of the virtual clock that contradicts what the kernel counted.
struct Doubt {
    std::string flag;
    std::string why;  // with the numbers
};

/// The doubts about a version's claims, at most one for each flag.
std::vector<Doubt> audit(const std::vector<Speedup>& speedups);

}  // namespace grader
