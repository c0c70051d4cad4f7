#pragma once

/// Taking a submission in: a folder laid out like lessons/, of which only the version files are taken.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lesson.hpp"

namespace grader {

/// One version's file. Without content, `problem` says why it can't be graded; it is empty if there is no
/// file.
struct SubmittedFile {
    std::optional<std::string> content;
    std::string problem;
};

struct Submission {
    std::string name;                            // the folder, as the user named it
    std::map<std::string, SubmittedFile> files;  // by source_path()
    std::vector<std::string> messages;           // what was left out and why

    [[nodiscard]] const SubmittedFile& file(const Lesson& lesson, const Version& version) const;
};

/// Where a version's file stands in a submission, in lessons/ and in solutions/: "01_slow_thing/serial.cpp".
std::string source_path(const Lesson& lesson, const Version& version);

inline constexpr std::size_t max_source_bytes = 1 << 20;

/// Throws Error if the folder isn't one, can't be read, or holds no version file at all. `lessons_dir` tells
/// which files are the kit's own, to leave them unmentioned.
Submission take_in(const std::filesystem::path& folder, const std::vector<Lesson>& lessons,
                   const std::filesystem::path& lessons_dir);

}  // namespace grader
