#pragma once

/// From what was found to points. Points are weights in lesson.toml; here they are scaled so that all the
/// lessons together make 100.

#include <optional>
#include <vector>

#include "check/attempt.hpp"
#include "lesson/lesson.hpp"
#include "lesson/mistake.hpp"
#include "measure/measured.hpp"
#include "score/graded.hpp"

namespace grader {

/// What one of a lesson's points is worth of the 100.
double scale_to_100(const std::vector<Lesson>& lessons);

/// The version before anything is known of it.
Graded ungraded(const Lesson& lesson, const Version& version, double scale);

/// A version that judges others' code, where there is none to show it.
Graded unjudged(const Lesson& lesson, const Version& version, double scale);

/// `mistake` is what explains the result (diagnose.hpp); `cores` are those that the wall clock was measured
/// on.
Graded score(const Attempt& attempt, const Measured& measured, const std::optional<Mistake>& mistake,
             double scale, unsigned cores);

}  // namespace grader
