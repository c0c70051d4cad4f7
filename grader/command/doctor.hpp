#pragma once

#include <string>

namespace grader {

/// Tries out what this machine offers to the grader, and prints it, what to do about the rest, and the
/// promise that follows. Returns whether nothing that grading needs is missing.
bool print_doctor(const std::string& compiler);

}  // namespace grader
