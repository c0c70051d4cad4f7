#pragma once

/// A sanitizer's finding in words for the author of the program.

#include <string>
#include <string_view>

#include "check/sanitizer_report.hpp"

namespace grader {

/// The name of the object accessed: a global's name, else the expression that the source line changes (`sum`,
/// `shares[t]`, `image(x, y)`, `found` of `found.push_back(3)`); empty if that isn't clear. `source` is the
/// student's whole file.
std::string name_of_shared_object(const SanitizerFinding& finding, std::string_view source);

/// One or two sentences for the student. `subject` is the formatted object of the finding, "`sum`" or "pixel
/// (3, 5)"; it may be empty.
std::string sentence_for_student(const SanitizerFinding& finding, std::string_view subject);

}  // namespace grader
