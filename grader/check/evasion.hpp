#pragma once

/// What in a version's code can keep the checks, or the virtual clock, from seeing what it does. It proves
/// nothing: a person has to read the code.

#include <optional>
#include <string>
#include <vector>

#include "build/builder.hpp"

namespace grader {

/// The first token that has to do with a sanitizer or enters the kernel past the C library: "line 12 has
/// `__SANITIZE_THREAD__`". Where macros make names, also what they make, and whether a sanitizer's flavour
/// gets another program. Comments, strings and names that only contain such a word are no evidence; code
/// that the compiler can't take apart is. `source` compiles, and `imports` are the symbols that its timed
/// object takes from elsewhere.
std::optional<std::string> evasion(Builder& builder, const Lesson& lesson, const Version& version,
                                   const std::string& source, const std::vector<std::string>& imports);

}  // namespace grader
