#pragma once

/// Points that the lecturer sets: overrides.csv.

#include <map>
#include <string>
#include <vector>

#include "class/class_options.hpp"
#include "class/student.hpp"
#include "lesson/lesson.hpp"

namespace grader {

struct Override {
    double points = 0;
    std::string reason;
};
using Overrides = std::map<std::string, Override>;  // by "student/lesson/version"

std::string override_key(const std::string& student, const std::string& lesson, const std::string& version);

/// Reads the file that the options name, else overrides.csv in `out` if there is one. Points are from 0 to
/// the version's, of 100 for all lessons together. Throws Error (ExitCode::usage) that names file and line.
Overrides read_overrides(const ClassOptions& options, const std::vector<Student>& students,
                         const std::vector<Lesson>& lessons);

}  // namespace grader
