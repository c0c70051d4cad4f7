#pragma once

#include "base/error.hpp"
#include "command/grade_options.hpp"

namespace grader {

/// Grades whenever a version's file was saved, until the user quits (q, or Ctrl-C). Keys give a hint, the
/// report's place and a list of all versions. Where the output is no terminal, it writes a log and takes no
/// keys. Throws Error.
ExitCode watch(const GradeOptions& options);

}  // namespace grader
