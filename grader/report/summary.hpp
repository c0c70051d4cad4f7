#pragma once

/// A grading in words, for the terminal.

#include <functional>
#include <string>
#include <vector>

#include "base/terminal.hpp"
#include "report/result.hpp"

namespace grader {

/// What happened for each version, what it is worth, and what to do next for the whole. `page` is the
/// report's path, or empty if there is none. Of versions that aren't `in_full` only the verdict.
void print_summary(Terminal& terminal, const Result& result, const std::vector<std::string>& messages,
                   const std::string& page, const std::function<bool(const Graded&)>& in_full);

}  // namespace grader
