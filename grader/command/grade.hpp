#pragma once

#include "base/error.hpp"
#include "command/grade_options.hpp"

namespace grader {

/// Grades a submission and writes result.json and index.html. Throws Error.
ExitCode grade(const GradeOptions& options);

}  // namespace grader
