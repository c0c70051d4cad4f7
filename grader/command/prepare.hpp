#pragma once

/// What is built or recorded before anybody's submission is graded.

#include <filesystem>

#include "base/kit_options.hpp"

namespace grader {

/// Builds what gradings of any submission need: the harness and the references. Throws Error.
void prepare(const KitOptions& kit);

/// Writes into `folder` what a handout has in the solutions' place: their answers to the images of one seed,
/// and those of the known mistakes. Throws Error, also if a version in the lessons isn't a stub.
void record(const KitOptions& kit, const std::filesystem::path& folder);

}  // namespace grader
