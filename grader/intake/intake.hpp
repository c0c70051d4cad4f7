#pragma once

/// Takes a submission in: the version files in it, into memory. No link is followed, nothing is unpacked to
/// disk.

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
    std::vector<std::string> messages;           // what was left out or taken otherwise, and why

    [[nodiscard]] const SubmittedFile& file(const Lesson& lesson, const Version& version) const;
};

/// `path` is a folder, an archive (archive.hpp says which kinds) or a single source file. choice.hpp says
/// which files are taken; if there are none, archives inside are searched. Throws Error (ExitCode::usage) if
/// the path is none of these, can't be read, or holds no version file at all. Files that are in `lessons_dir`
/// too are the kit's own and not mentioned.
Submission take_in(const std::filesystem::path& path, const std::vector<Lesson>& lessons,
                   const std::filesystem::path& lessons_dir);

}  // namespace grader
