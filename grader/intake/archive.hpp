#pragma once

/// Reads a submitted .zip, .tar or .tar.gz in memory; nothing is ever unpacked to disk. The archive may be
/// hostile: reading it costs no more than the caps allow.

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "intake/submitted_file.hpp"

namespace grader {

struct ArchivedFiles {
    std::map<std::string, SubmittedFile> files;  // the wanted files that are there, by path
    std::vector<std::string> others;             // paths of the files that weren't taken, without hidden ones
};

/// `wanted` are clean relative paths. In the archive they may all lie in the same folders
/// ("my_name/lessons/"), which are cut off the paths in the result. `name` is the archive's name in messages.
/// Throws Error (ExitCode::usage) if it isn't an archive, is damaged or encrypted, exceeds a cap, holds a
/// path that leads out of it, or holds wanted paths in two places.
ArchivedFiles files_of_archive(std::span<const char> bytes, const std::set<std::string>& wanted,
                               std::string_view name, const IntakeCaps& caps = {});

}  // namespace grader
