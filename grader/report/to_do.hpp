#pragma once

#include <vector>

#include "report/result.hpp"

namespace grader {

/// The versions that can still gain points, in this order: mend what fails; improve what was just graded;
/// start what is still to be written; improve what was kept from an earlier grading.
std::vector<const Graded*> to_do(const Result& result);

}  // namespace grader
