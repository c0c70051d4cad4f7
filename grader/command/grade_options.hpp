#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/kit_options.hpp"

namespace grader {

struct GradeOptions {
    KitOptions kit;
    std::filesystem::path submission;
    std::filesystem::path out;
    std::string lesson;   // empty: all
    std::string version;  // empty: all
    std::optional<std::uint64_t> seed;
    bool fresh = false;
    bool strict = false;
    bool one_core = false;  // where it measures
    bool quiet = false;
    bool brief = false;  // of what was kept and not selected only the verdict
};

}  // namespace grader
