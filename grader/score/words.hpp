#pragma once

/// A grading's findings about a version, in sentences for its author.

#include <optional>
#include <string>

#include "check/attempt.hpp"
#include "lesson/lesson.hpp"
#include "lesson/mistake.hpp"
#include "measure/bands.hpp"
#include "measure/measured.hpp"

namespace grader {

/// What the band asks for, as a line of the rubric: "6× the speed of the reference's serial".
std::string band_name(const Lesson& lesson, const Version& version, const Band& band);

/// What to do about a version that didn't pass. If the mistake is known, its hint.
std::string next_after_failure(const Attempt& attempt, const std::optional<Mistake>& mistake);

/// What the next band asks for; empty if there is none or nothing was measured.
std::string next_after_pass(const Attempt& attempt, const std::optional<Reached>& reached, bool work_removed);

/// Why a right version earns nothing for its speed. work_removed() must hold.
std::string removed_in_words(const Version& version, const Measured& measured);

/// Asks whether the version keeps its answers, with the times that suggest it.
std::string kept_answers_in_words(const FirstCall& first_call);

/// Which threads use one cache line, where, and what it costs.
std::string false_sharing_in_words(const FalseSharing& sharing, const std::vector<Speedup>& speedups);

/// What limits a version with false sharing: the sentence that limit_of() (measure/scaling.hpp) has for
/// others.
std::string limited_by_false_sharing(const FalseSharing& sharing, const std::vector<Speedup>& speedups);

/// Says that the code can hide something from the checks, and where.
std::string evasion_in_words(const std::string& where);

/// `text` with a full stop, unless it is empty or already ends with '.', '?' or '`'.
std::string with_dot(std::string text);

}  // namespace grader
