#pragma once

/// What `make class` does after the gradings: it writes a gradebook for each platform, each in its own file.

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "class/class_options.hpp"
#include "class/graded_student.hpp"

namespace grader {

/// plain_gradebook.cpp: a line for each student, with a column of points for each version.
std::string plain_gradebook(const std::vector<GradedStudent>& students, const std::string& assignment);

/// canvas.cpp: what Canvas imports. `assignment` is its name there.
std::string canvas_gradebook(const std::vector<GradedStudent>& students, const std::string& assignment);

/// moodle.cpp: Moodle's offline grading worksheet.
std::string moodle_gradebook(const std::vector<GradedStudent>& students, const std::string& assignment);

/// moodle.cpp: each student's page, in out/moodle_feedback, which Moodle takes back as feedback files.
void write_moodle_feedback(const std::vector<GradedStudent>& students, const std::filesystem::path& out);

/// A file that is written into `out`.
struct Gradebook {
    const char* file;
    std::string (*text)(const std::vector<GradedStudent>& students, const std::string& assignment);
};
inline constexpr Gradebook gradebooks[] = {
    {"gradebook.csv", plain_gradebook},
    {"canvas.csv", canvas_gradebook},
    {"moodle.csv", moodle_gradebook},
};

/// Writes the gradebooks, class.json and the class page from the results in out/students/. Only a result of
/// what is staged now is a grade. Returns ExitCode::not_passed if somebody has no grade, isn't in the
/// worksheet or can't be shown on the page. Throws Error.
ExitCode write_gradebooks(const ClassOptions& options);

}  // namespace grader
