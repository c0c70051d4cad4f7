#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

/// Returns the whole file. Throws Error (ExitCode::environment).
std::string read_file(const std::filesystem::path& path);

/// Replaces the file as a whole or not at all. Throws Error (ExitCode::environment), for example when the
/// disk is full.
void write_file(const std::filesystem::path& path, std::string_view content);

/// SHA-256 of the parts, in hexadecimal. It also depends on where one part ends and the next begins.
std::string content_hash(const std::vector<std::string>& parts);

/// Names and contents of the regular files directly in `folder`, as parts for content_hash().
std::vector<std::string> folder_contents(const std::filesystem::path& folder);

/// Creates the folder and its parents if need be. Throws Error (ExitCode::environment) that names OUT.
void make_out_folder(const std::filesystem::path& folder);

}  // namespace grader
