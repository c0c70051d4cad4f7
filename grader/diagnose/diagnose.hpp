#pragma once

/// Finds the mistake behind a result: by its wrong answers, by how it ended, or by what limits its speed.

#include <optional>

#include "check/attempt.hpp"
#include "diagnose/mistake_records.hpp"
#include "lesson/mistake.hpp"
#include "measure/measured.hpp"

namespace grader {

/// The mistake that explains the result, if exactly one does. A program that passes with all points has none,
/// unless it ignores its number of threads. `cores` is how many the wall clock was measured on.
std::optional<Mistake> diagnose(const Attempt& attempt, const Measured& measured, MistakeRecords& records,
                                unsigned cores);

}  // namespace grader
