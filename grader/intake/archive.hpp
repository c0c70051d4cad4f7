#pragma once

/// Lists a submitted .zip, .tar (packed with gzip, bzip2, xz or zstd), .7z or .rar. Its first bytes decide
/// which, not its name. Nothing is ever unpacked to disk, and a zip's files that nobody wants are skipped.
/// The archive may be hostile: reading it costs no more than the caps allow.
///
/// All throw Error (ExitCode::usage) if it isn't an archive, is damaged or encrypted, exceeds a cap, or holds
/// a path that leads out of it. `name` is the archive's name in messages. What is listed needs no archive
/// any more.

#include <filesystem>
#include <span>
#include <string>

#include "intake/listing.hpp"

namespace grader {

Listing list_archive(std::span<const char> bytes, const std::string& name, const IntakeCaps& caps = {});
Listing list_archive_file(const std::filesystem::path& path, const std::string& name,
                          const IntakeCaps& caps = {});

}  // namespace grader
