#pragma once

/// Reads a submitted .zip, .tar or .tar.gz in memory; nothing is ever unpacked to the disk. The archive may
/// be hostile: it costs no more than the caps allow.

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "intake/submitted_file.hpp"

namespace grader {

struct ArchivedFiles {
    std::map<std::string, SubmittedFile> files;  // of the wanted paths, those that are there
    std::vector<std::string> others;             // the paths of what wasn't taken, hidden files left out
};

/// `wanted` are clean relative paths, which may all stand beneath the same folders ("my_name/lessons/"); the
/// paths in the result have these folders cut off. `name` is the archive's in messages. Throws Error
/// (ExitCode::usage) if it isn't an archive, is damaged or encrypted, exceeds a cap, holds a path that leads
/// out of it, or holds wanted paths in two places.
ArchivedFiles files_of_archive(std::span<const char> bytes, const std::set<std::string>& wanted,
                               std::string_view name, const IntakeCaps& caps = {});

}  // namespace grader
