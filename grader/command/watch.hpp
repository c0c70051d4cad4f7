#pragma once

#include "base/error.hpp"
#include "command/grade_options.hpp"

namespace grader {

/// Grades whenever a version's file is saved, until the user quits (q or Ctrl-C). Keys show a hint, the
/// report's path and a list of all versions. If the output isn't a terminal, it writes a log and takes no
/// keys. Throws Error.
ExitCode watch(const GradeOptions& options);

}  // namespace grader
