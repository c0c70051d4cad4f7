#pragma once

/// What a version's speed is worth.

#include <cstddef>
#include <optional>
#include <vector>

#include "check/attempt.hpp"
#include "lesson/lesson.hpp"
#include "measure/measured.hpp"
#include "vocabulary.hpp"

namespace grader {

/// Of the checks, or of a timed run that went wrong.
Verdict verdict_of(const Checked& checked, const Measured& measured);

/// Faster on one thread than the lesson's additions can be done.
bool work_removed(const Version& version, const Measured& measured);

/// What the version reached by its yardstick; a threaded one by its mean efficiency (scaling.hpp). Empty if
/// that isn't known.
std::optional<Interval> reached(const Attempt& attempt, const Measured& measured, unsigned cores);

/// How many of the bands, which rise, the interval reaches: what isn't settled counts in the student's
/// favour.
std::size_t bands_reached(const std::vector<Band>& bands, const Interval& reached);

/// Faster than max_speedup lets a version be that does the lesson's additions one by one.
bool beats_reference(const Version& version, const Measured& measured);

}  // namespace grader
