#pragma once

/// Finds code that can keep the checks, or the virtual clock, from seeing what a version does. A finding
/// proves nothing: a person has to read the code.

#include <optional>
#include <string>
#include <vector>

#include "build/builder.hpp"

namespace grader {

/// The first token that concerns a sanitizer or enters the kernel past the C library: "line 12 has
/// `__SANITIZE_THREAD__`". If macros make names, searches those too, and reports whether a sanitizer's
/// flavour gets a different program. Comments, strings and names that only contain such a word are no
/// evidence; code that the compiler can't take apart is. `source` must compile, and `imports` are the symbols
/// that its timed object imports.
std::optional<std::string> evasion(Builder& builder, const Lesson& lesson, const Version& version,
                                   const std::string& source, const std::vector<std::string>& imports);

}  // namespace grader
