#pragma once

/// Compares a version's speed with its bands and limits.

#include <cstddef>
#include <optional>
#include <vector>

#include "check/attempt.hpp"
#include "lesson/lesson.hpp"
#include "measure/measured.hpp"
#include "vocabulary.hpp"

namespace grader {

/// The checks' verdict, or that of a timed run that went wrong.
Verdict verdict_of(const CheckResult& checked, const Measured& measured);

/// Whether it is faster on one thread than the lesson's additions can be done.
bool work_removed(const Version& version, const Measured& measured);

/// The version's value by its yardstick, for a threaded one its mean efficiency (scaling.hpp).
struct Reached {
    Interval value;
    Interval with_cache_lines;  // the same, less what false sharing costs

    [[nodiscard]] const Interval& counted_in(const Band& band) const {
        return band.with_cache_lines ? with_cache_lines : value;
    }
};

/// Empty if unknown.
std::optional<Reached> reached(const Attempt& attempt, const Measured& measured, unsigned cores);

/// How many of the ascending bands are reached.
std::size_t bands_reached(const std::vector<Band>& bands, const Reached& reached);

/// Whether it is faster than max_speedup allows a version that does the lesson's additions one by one.
bool beats_reference(const Version& version, const Measured& measured);

}  // namespace grader
