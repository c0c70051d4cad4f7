#pragma once

#include <vector>

#include "report/result.hpp"

namespace grader {

/// What can still gain points, what to do first in front: a version that was just written is mended, then
/// improved; then the next one is started; versions from an earlier grading are improved last.
std::vector<const Graded*> to_do(const Result& result);

}  // namespace grader
