#pragma once

#include <functional>
#include <string>

#include "check/attempt.hpp"

namespace grader {

/// Called before each measurement with what is measured now.
using MeasureProgress = std::function<void(const Attempt& attempt, const std::string& what)>;

}  // namespace grader
