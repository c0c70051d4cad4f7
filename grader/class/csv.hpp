#pragma once

/// Tables as text: RFC 4180, and what spreadsheets and learning platforms make of it. Fields are separated by
/// commas, semicolons or tabs, whichever the first line has most of; the text is UTF-8, or UTF-16 with a byte
/// order mark.

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace grader {

/// A field as it is written to a file. Text that a spreadsheet would take for a formula gets a ' in front.
std::string csv_field(std::string_view text, char delimiter = ',');

/// The fields of a row, separated by commas, with a line end.
std::string csv_row(const std::vector<std::string>& fields);

/// A table as its file has it. What isn't set is written back byte for byte.
class Table {
  public:
    /// Throws Error (ExitCode::usage) naming `file` and line if a quote isn't closed, or if what has the mark
    /// of UTF-16 isn't UTF-16.
    Table(std::string_view bytes, std::string file);

    [[nodiscard]] const std::string& file() const { return file_; }
    /// With the first line, which names the columns, and with empty lines.
    [[nodiscard]] std::size_t rows() const { return rows_.size(); }
    /// How many cells the row has. An empty line has one.
    [[nodiscard]] std::size_t cells(std::size_t row) const { return rows_[row].cells.size(); }
    [[nodiscard]] bool is_empty(std::size_t row) const;
    /// The line of the file that the row begins in.
    [[nodiscard]] int line(std::size_t row) const { return rows_[row].line; }
    /// Without quotes and without blanks around it; empty if the row has no such cell.
    [[nodiscard]] const std::string& at(std::size_t row, std::size_t column) const;
    /// Replaces a cell that the row has. The text is written as csv_field() does.
    void set(std::size_t row, std::size_t column, std::string_view text);

    /// The whole file.
    [[nodiscard]] std::string bytes() const;

  private:
    enum class Encoding { utf8, utf8_with_mark, utf16_little, utf16_big };
    struct Cell {
        std::string text;
        std::string written;
    };
    struct Row {
        int line = 1;
        std::vector<Cell> cells = {};
        std::string end = {};  // the line's
    };
    void read(std::string_view text);

    std::string file_;
    Encoding encoding_ = Encoding::utf8;
    char delimiter_ = ',';
    std::vector<Row> rows_;
};

/// The same for a file, which must exist.
Table read_table(const std::filesystem::path& file);

/// Rows of a table whose first line names the columns, each field by its column's name in lower case. Empty
/// lines are left out. Throws Error (ExitCode::usage) naming `file` and line if one of the `required` columns
/// is missing, a row has too many fields, or a quote isn't closed.
std::vector<std::map<std::string, std::string>> read_csv(std::string_view text, const std::string& file,
                                                         const std::vector<std::string>& required);

/// The same for a file, which must exist.
std::vector<std::map<std::string, std::string>> read_csv_file(const std::filesystem::path& file,
                                                              const std::vector<std::string>& required);

}  // namespace grader
