#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "error.hpp"

namespace grader {

/// Where the kit is, and with what it works.
struct KitOptions {
    std::filesystem::path lessons;
    std::filesystem::path solutions;  // or what was recorded of them for a handout
    std::filesystem::path cache;
    std::string compiler;
    unsigned jobs;  // compilers at once
};

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

/// Grades a submission and writes result.json and index.html. Throws Error.
ExitCode grade(const GradeOptions& options);

/// Builds what gradings of any submission need: the harness and the references. Throws Error.
void prepare(const KitOptions& kit);

/// Writes into `folder` what a handout has in the solutions' place: their answers to the images of one seed,
/// and those of the known mistakes. Throws Error, also if a version in the lessons isn't a stub.
void record(const KitOptions& kit, const std::filesystem::path& folder);

}  // namespace grader
