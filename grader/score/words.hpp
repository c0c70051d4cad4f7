#pragma once

/// What a grading says about a version, in sentences for its author.

#include <optional>
#include <string>

#include "check/attempt.hpp"
#include "lesson/lesson.hpp"
#include "lesson/mistake.hpp"
#include "measure/measured.hpp"

namespace grader {

/// What a rubric's line for this band asks for: "6× the speed of the reference's serial".
std::string band_name(const Version& version, const Band& band);

/// What to do about a version that didn't pass. With a mistake, what to think about.
std::string next_after_failure(const Attempt& attempt, const std::optional<Mistake>& mistake);

/// What the next band asks for; empty if there is none, or if nothing was measured.
std::string next_after_pass(const Version& version, const std::optional<Interval>& reached,
                            bool work_removed);

/// What was rejected, and which mistakes weren't.
std::string judged_in_words(const Judgement& judgement);

/// Why a version that is right earns nothing for its speed. Only where work_removed() holds.
std::string removed_in_words(const Version& version, const Measured& measured);

/// Whether a version seems to keep its answers.
std::string kept_answers_in_words(const FirstCall& first_call);

/// Where the code can hide something from the checks.
std::string evasion_in_words(const std::string& where);

/// A sentence's full stop, unless it ends with a mark already.
std::string with_dot(std::string text);

}  // namespace grader
