#pragma once

/// A result in the formats that other tools read. Every text in it that a student can influence is inert
/// there.

#include <filesystem>
#include <string>

#include "report/result.hpp"

namespace grader {

/// For CI systems: a suite for each lesson, a case for each version. One that wasn't started is skipped.
std::string junit_xml(const Result& result);

/// Gradescope's results.json, with a leaderboard of speeds.
std::string gradescope_json(const Result& result);

/// GitHub Classroom's successor: schema classroom50/result/v1, points rounded to whole numbers. Whose it is
/// stands in environment variables that its runner sets; without them these fields are missing.
std::string classroom50_json(const Result& result);

/// GitHub Actions: one annotation for each version that failed, to be printed by the job.
std::string github_annotations(const Result& result);

/// GitHub Actions: the job's summary, in Markdown.
std::string github_summary(const Result& result);

/// Writes all of these beside result.json; in a job of GitHub Actions also what its pages show.
void write_exports(const Result& result, const std::filesystem::path& folder);

}  // namespace grader
