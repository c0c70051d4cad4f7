#pragma once

/// What `make class` does before the gradings, which are a build (cmake/class).

#include "base/error.hpp"
#include "class/class_options.hpp"

namespace grader {

/// Takes every submission in and writes out/submissions/<student>/<lesson>/<version>.cpp,
/// out/students.json and out/students.cmake. Files that didn't change stay untouched, so that no student is
/// graded again without need. The class has one seed, kept in students.json. Throws Error.
ExitCode stage_class(const ClassOptions& options);

}  // namespace grader
