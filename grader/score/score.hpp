#pragma once

/// Turns findings into points. The points in lesson.toml are weights; here they are scaled so that all
/// lessons together add up to 100.

#include <optional>
#include <vector>

#include "check/attempt.hpp"
#include "lesson/lesson.hpp"
#include "lesson/mistake.hpp"
#include "measure/measured.hpp"
#include "score/graded.hpp"

namespace grader {

/// The factor from points in lesson.toml to the 100.
double scale_to_100(const std::vector<Lesson>& lessons);

/// The result of a version that hasn't been graded.
Graded ungraded(const Lesson& lesson, const Version& version, double scale);

/// The result of a version that a handout can't grade (LessonKind::not_in_handout).
Graded not_in_handout(const Lesson& lesson, const Version& version, double scale);

/// `mistake` explains the result (diagnose.hpp). `cores` is how many the wall clock was measured on.
Graded score(const Attempt& attempt, const Measured& measured, const std::optional<Mistake>& mistake,
             double scale, unsigned cores);

}  // namespace grader
