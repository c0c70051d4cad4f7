#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/kit_options.hpp"

namespace grader {

struct ClassOptions {
    KitOptions kit;
    std::filesystem::path submissions;  // a folder or an archive for each student
    std::filesystem::path out;
    std::filesystem::path roster;     // empty: roster.csv in `submissions`, if there is one
    std::filesystem::path overrides;  // empty: overrides.csv in `out`, if there is one
    std::filesystem::path worksheet;  // from Moodle or Canvas, to be filled in; empty: none
    std::string assignment;           // its name in Canvas; empty: "Slow Things", or the worksheet's only one
    std::optional<std::uint64_t> seed;
    bool pseudonyms = false;
};

}  // namespace grader
