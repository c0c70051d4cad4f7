#pragma once

#include <filesystem>

#include "base/error.hpp"
#include "base/kit_options.hpp"

namespace grader {

struct SubmitOptions {
    KitOptions kit;
    std::filesystem::path submission;  // as for grade
    std::filesystem::path out;         // the .zip to write
};

/// Packs the version files of a submission, and nothing else, into a .zip to hand in, and prints what it
/// took. Versions that nobody touched are packed, too. Throws Error if a file can't be taken.
ExitCode submit(const SubmitOptions& options);

}  // namespace grader
