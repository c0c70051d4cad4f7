#pragma once

#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "base/kit_options.hpp"

namespace grader {

struct HintOptions {
    KitOptions kit;
    std::filesystem::path out;  // folder of the last grading's results
    std::string lesson;         // empty: that of the first version that can still gain points
    std::string version;
    bool fresh = false;  // start again with the first hint
};

/// Prints the next hint for a version: first that of a mistake that the last grading recognised, then the
/// lesson's, one for each call. Throws Error.
ExitCode print_hint(const HintOptions& options);

}  // namespace grader
