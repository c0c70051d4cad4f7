#pragma once

#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "base/kit_options.hpp"

namespace grader {

struct HintOptions {
    KitOptions kit;
    std::filesystem::path out;  // of the last grading
    std::string lesson;         // empty: of the first version that can still gain points
    std::string version;
    bool fresh = false;  // begin with the first hint again
};

/// Prints the next hint for a version: after a grading that recognised a mistake that mistake's hint first,
/// then the lesson's, one a call. Throws Error.
ExitCode print_hint(const HintOptions& options);

}  // namespace grader
