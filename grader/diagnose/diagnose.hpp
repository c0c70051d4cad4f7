#pragma once

/// Finding the mistake behind a result: by its wrong answers, by what ended it, or by what limits its speed.

#include <optional>

#include "check/attempt.hpp"
#include "diagnose/mistake_records.hpp"
#include "lesson/mistake.hpp"
#include "measure/measured.hpp"

namespace grader {

/// The mistake that explains what was found, if just one does. A program that passes with all its points has
/// none. `cores` are those that the wall clock was measured on.
std::optional<Mistake> diagnose(const Attempt& attempt, const Measured& measured, MistakeRecords& records,
                                unsigned cores);

}  // namespace grader
