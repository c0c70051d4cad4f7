#pragma once

/// What in a version's code can keep the checks, or the virtual clock, from seeing what it does. It proves
/// nothing: a person has to read the code.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

/// The first place that names a sanitizer, is compiled only without one, enters the kernel past the C
/// library, or makes names that can't be read off the text: "line 12 has `__SANITIZE_THREAD__`". `imports`
/// are the symbols that the timed object takes from elsewhere.
std::optional<std::string> evasion(std::string_view source, const std::vector<std::string>& imports);

}  // namespace grader
