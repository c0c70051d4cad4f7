#pragma once

/// Taking a submission in: a folder laid out like lessons/, or an archive of one, of which only the version
/// files are taken, into memory. No link is followed.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "intake/submitted_file.hpp"
#include "lesson/lesson.hpp"

namespace grader {

struct Submission {
    std::string name;                            // the folder or archive, as the user named it
    std::map<std::string, SubmittedFile> files;  // by source_path()
    std::vector<std::string> messages;           // what was left out and why

    [[nodiscard]] const SubmittedFile& file(const Lesson& lesson, const Version& version) const;
};

/// `path` is a folder, or a .zip, .tar or .tar.gz (its content decides, not its name), in which the lessons'
/// folders may stand beneath others. Throws Error (ExitCode::usage) if it is neither, can't be read, is an
/// archive that archive.hpp refuses, or holds no version file at all. `lessons_dir` tells which files are the
/// kit's own, to leave them unmentioned.
Submission take_in(const std::filesystem::path& path, const std::vector<Lesson>& lessons,
                   const std::filesystem::path& lessons_dir);

}  // namespace grader
