#pragma once

/// A class: what `make class` does before and after the gradings, which are a build (cmake/class).

#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/error.hpp"
#include "base/kit_options.hpp"

namespace grader {

struct ClassOptions {
    KitOptions kit;
    std::filesystem::path submissions;  // a folder or an archive for each student
    std::filesystem::path out;
    std::filesystem::path roster;     // empty: roster.csv in `submissions`, if there is one
    std::filesystem::path overrides;  // empty: overrides.csv in `out`, if there is one
    std::string assignment = "Slow Things";
    std::optional<std::uint64_t> seed;
    bool pseudonyms = false;
};

/// Takes every submission in and writes out/submissions/<student>/<lesson>/<version>.cpp, in which only what
/// changed is new; out/students.json and out/students.cmake. The class has one seed, kept in the first of
/// them. Throws Error.
ExitCode stage_class(const ClassOptions& options);

/// From the results in out/students/: the gradebooks, class.json and the class page. Only a result of what is
/// staged now is a grade. ExitCode::not_passed if somebody has no grade, or can't be shown on the page.
/// Throws Error.
ExitCode write_gradebooks(const ClassOptions& options);

}  // namespace grader
