#pragma once

/// Compares a version's answers with the reference's, in all flavours.

#include <cstdint>
#include <functional>
#include <vector>

#include "build/builder.hpp"
#include "check/attempt.hpp"
#include "check/case_runner.hpp"
#include "reference/references.hpp"

namespace grader {

/// Called as soon as a version's checks in a flavour are done.
using CheckProgress = std::function<void(const Attempt& attempt, Flavour flavour)>;

/// Builds and checks every attempt, first all in the timed flavour, then in the others, so that a stub costs
/// one build instead of three. Afterwards each attempt has a verdict. `seed` is the grading's. Throws Error
/// if a case can't be decided for a reason outside the version: nothing passes unchecked.
void check(const std::vector<Attempt*>& attempts, Builder& builder, References& references,
           CaseRunner& runner, std::uint64_t seed, const CheckProgress& progress);

}  // namespace grader
