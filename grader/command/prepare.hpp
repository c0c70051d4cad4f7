#pragma once

/// Builds or records what is needed before any submission is graded.

#include <filesystem>

#include "base/kit_options.hpp"

namespace grader {

/// Builds what every grading needs, such as the harness and the references, and records the known mistakes.
/// Throws Error.
void prepare(const KitOptions& kit);

/// Writes into `folder` what a handout has instead of the solutions: their answers to the images of one seed,
/// and those of the known mistakes. Throws Error, for example if a version in the lessons isn't a stub.
void record(const KitOptions& kit, const std::filesystem::path& folder);

}  // namespace grader
