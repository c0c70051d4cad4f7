#pragma once

/// Takes a submission in: a folder laid out like lessons/, or an archive of one. Only the version files are
/// taken, into memory. No link is followed.

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

/// `path` is a folder, or a .zip, .tar or .tar.gz (its content decides, not its name). In an archive, the
/// lessons' folders may lie in others. Throws Error (ExitCode::usage) if it is neither, can't be read, is an
/// archive that archive.hpp refuses, or holds no version file at all. Files that are in `lessons_dir` too are
/// the kit's own and not mentioned.
Submission take_in(const std::filesystem::path& path, const std::vector<Lesson>& lessons,
                   const std::filesystem::path& lessons_dir);

}  // namespace grader
