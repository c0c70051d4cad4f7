#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

/// The whole file. Throws Error (ExitCode::environment).
std::string read_file(const std::filesystem::path& path);

/// Replaces the file as a whole or not at all. Throws Error (ExitCode::environment), as when the disk is
/// full.
void write_file(const std::filesystem::path& path, std::string_view content);

/// SHA-256 in hexadecimal of the parts, of which each boundary counts.
std::string content_hash(const std::vector<std::string>& parts);

/// Names and contents of the regular files right in `folder`, for content_hash.
std::vector<std::string> folder_contents(const std::filesystem::path& folder);

/// With its parents, if it isn't there yet. Throws Error (ExitCode::environment) that names OUT.
void make_out_folder(const std::filesystem::path& folder);

}  // namespace grader
