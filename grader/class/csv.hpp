#pragma once

/// Tables as text: RFC 4180, fields separated by commas.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

/// A field as it is written to a file. Text that a spreadsheet would take for a formula gets a ' in front.
std::string csv_field(std::string_view text);

/// The fields of a row, with a line end.
std::string csv_row(const std::vector<std::string>& fields);

/// Rows of a table whose first line names the columns, each field by its column's name in lower case. Throws
/// Error (ExitCode::usage) naming `file` and line if one of the `required` columns is missing, a row has too
/// many fields, or a quote isn't closed.
std::vector<std::map<std::string, std::string>> read_csv(std::string_view text, const std::string& file,
                                                         const std::vector<std::string>& required);

/// The same for a file, which must exist.
std::vector<std::map<std::string, std::string>> read_csv_file(const std::filesystem::path& file,
                                                              const std::vector<std::string>& required);

}  // namespace grader
