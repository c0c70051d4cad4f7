#pragma once

/// Finding the mistake behind a result: by its wrong answers, by what ended it, or by what limits its speed.

#include <optional>
#include <vector>

#include "check.hpp"
#include "measure.hpp"
#include "mistakes.hpp"

namespace grader {

/// The mistake that explains what was found, and no other does; in the order of the jobs. A program that
/// passes with all its points has none.
std::vector<std::optional<Mistake>> diagnose(const std::vector<Job>& jobs,
                                             const std::vector<Checked>& checked,
                                             const std::vector<Measured>& measured, MistakeRecords& records);

}  // namespace grader
