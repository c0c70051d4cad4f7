#pragma once

/// A grading in words, for the terminal.

#include <functional>
#include <string>
#include <vector>

#include "base/terminal.hpp"
#include "report/result.hpp"

namespace grader {

/// Prints what happened to each version, what it is worth, and what to do next overall. `page` is the
/// report's path, or empty if there is none. Versions that aren't `in_full` get only their verdict.
void print_summary(Terminal& terminal, const Result& result, const std::vector<std::string>& messages,
                   const std::string& page, const std::function<bool(const Graded&)>& in_full);

}  // namespace grader
