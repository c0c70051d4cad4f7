#pragma once

#include <string>

namespace grader {

/// Tries out what this machine offers to the grader. Prints that, how to get the rest, and the resulting
/// promise of security. Returns whether the machine has all that grading needs.
bool print_doctor(const std::string& compiler);

}  // namespace grader
