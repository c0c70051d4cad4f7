#pragma once

/// Running a suite's cases with GoogleTest, which counts them and concludes each.

#include <cstdint>
#include <memory>

#include "check/suite.hpp"

namespace grader {

/// Registers the suite's cases. GoogleTest keeps them, and the suite, until the process ends.
void register_cases(const std::shared_ptr<Suite>& suite, std::uint64_t seed);

/// Runs the cases of a registered suite, and finishes it. An exception of a case ends the run and leaves it.
void run_cases(Suite& suite);

}  // namespace grader
