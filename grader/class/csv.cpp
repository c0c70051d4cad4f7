#include "class/csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

namespace grader {

namespace {

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

struct Row {
    int line = 0;
    std::vector<std::string> fields;
};

std::vector<Row> rows_of(std::string_view text, const std::string& file) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);  // the byte order mark that spreadsheets write
    std::vector<Row> rows;
    Row row{1, {}};
    std::string field;
    bool quoted = false;
    int line = 1;
    const auto end_field = [&] { row.fields.push_back(trimmed(std::exchange(field, {}))); };
    const auto end_row = [&] {
        end_field();
        if (row.fields.size() > 1 || !row.fields[0].empty()) rows.push_back(row);
        row = {line, {}};
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') ++line;
        if (quoted) {
            if (c != '"')
                field += c;
            else if (i + 1 < text.size() && text[i + 1] == '"')
                field += text[i++];
            else
                quoted = false;
        } else if (c == '"' && trimmed(field).empty()) {
            field.clear();
            quoted = true;
        } else if (c == ',') {
            end_field();
        } else if (c == '\n') {
            end_row();
        } else if (c != '\r') {
            field += c;
        }
    }
    if (quoted)
        throw Error(ExitCode::usage, fmt::format("{}:{}: a quoted field isn't closed", file, row.line));
    end_row();
    return rows;
}

}  // namespace

std::string csv_field(std::string_view text) {
    std::string field = printable(text);
    if (!field.empty() && std::string_view("=+-@").find(field[0]) != std::string_view::npos)
        field.insert(0, 1, '\'');
    if (field.find_first_of(",\"") == std::string::npos) return field;
    std::string quoted = "\"";
    for (const char c : field) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

std::string csv_row(const std::vector<std::string>& fields) {
    std::vector<std::string> escaped;
    for (const std::string& field : fields) escaped.push_back(csv_field(field));
    return fmt::format("{}\r\n", fmt::join(escaped, ","));
}

std::vector<std::map<std::string, std::string>> read_csv(std::string_view text, const std::string& file,
                                                         const std::vector<std::string>& required) {
    const std::vector<Row> rows = rows_of(text, file);
    std::vector<std::string> columns;
    if (!rows.empty())
        for (const std::string& name : rows[0].fields) columns.push_back(lower(name));
    for (const std::string& name : required)
        if (std::ranges::find(columns, name) == columns.end())
            throw Error(ExitCode::usage, fmt::format("{}:1: there is no column '{}'", file, name),
                        fmt::format("its first line must name at least: {}", fmt::join(required, ",")));
    std::vector<std::map<std::string, std::string>> result;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].fields.size() > columns.size())
            throw Error(ExitCode::usage,
                        fmt::format("{}:{}: {} fields, but the first line names {} columns", file,
                                    rows[i].line, rows[i].fields.size(), columns.size()));
        auto& row = result.emplace_back();
        for (std::size_t j = 0; j < columns.size(); ++j)
            row[columns[j]] = j < rows[i].fields.size() ? rows[i].fields[j] : "";
    }
    return result;
}

std::vector<std::map<std::string, std::string>> read_csv_file(const std::filesystem::path& file,
                                                              const std::vector<std::string>& required) {
    return read_csv(read_file(file), file.string(), required);
}

}  // namespace grader
