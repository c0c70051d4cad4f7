#pragma once

/// A result in the formats that other tools read, each in a file of its own. Text that a student can
/// influence is escaped in all of them.

#include <filesystem>
#include <string>

#include "report/result.hpp"

namespace grader {

/// junit.cpp, for CI systems: a suite for each lesson, a case for each version. A version that wasn't started
/// is skipped, and a student's fault is a failure, never an error.
std::string junit_xml(const Result& result);

/// gradescope.cpp: Gradescope's results.json, with a leaderboard of speeds.
std::string gradescope_json(const Result& result);

/// classroom50.cpp, for GitHub Classroom's successor: schema classroom50/result/v1, points rounded to whole
/// numbers. Environment variables that its runner sets say whose result it is; without them these fields are
/// missing.
std::string classroom50_json(const Result& result);

/// A file that is written next to result.json.
struct Export {
    const char* file;
    std::string (*text)(const Result& result);
};
inline constexpr Export exports[] = {
    {"junit.xml", junit_xml},
    {"gradescope.json", gradescope_json},
    {"classroom50.json", classroom50_json},
};

/// github.cpp: one annotation for each version that failed, to be printed by a job of GitHub Actions. It is
/// attached to the student's file if that is in `workspace`, which may be empty.
std::string github_annotations(const Result& result, const std::filesystem::path& workspace);

/// github.cpp: the summary of a job of GitHub Actions, in Markdown.
std::string github_summary(const Result& result);

/// Writes all exports; in a job of GitHub Actions, also the annotations and the summary.
void write_exports(const Result& result, const std::filesystem::path& folder);

}  // namespace grader
