#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "check/attempt.hpp"

namespace grader {

/// A timed run whose answer was missing or wrong.
struct Failure {
    Check check;
};

struct Sample {
    double submission_s = 0;  // for one call
    double reference_s = 0;
    [[nodiscard]] double slower_s() const { return std::max(submission_s, reference_s); }
};

/// Runs one size or thread count in Google Benchmark, with manual time and one batch as one iteration. Throws
/// the Failure that a sample throws, and Error if not every repetition ran.
std::vector<Sample> repeat(const std::string& name, int repetitions,
                           const std::function<Sample()>& take_sample);

}  // namespace grader
