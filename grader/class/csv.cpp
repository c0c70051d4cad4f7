#include "class/csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

namespace grader {

namespace {

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16_little_mark = "\xFF\xFE";
constexpr std::string_view utf16_big_mark = "\xFE\xFF";

constexpr char32_t first_surrogate = 0xD800;
constexpr char32_t first_low_surrogate = 0xDC00;
constexpr char32_t after_surrogates = 0xE000;
constexpr char32_t beyond_one_unit = 0x10000;

void add_utf8(std::string& text, char32_t code) {
    const auto add = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) return add(code);
    if (code < 0x800) {
        add(0xC0 | code >> 6);
    } else if (code < beyond_one_unit) {
        add(0xE0 | code >> 12);
        add(0x80 | (code >> 6 & 0x3F));
    } else {
        add(0xF0 | code >> 18);
        add(0x80 | (code >> 12 & 0x3F));
        add(0x80 | (code >> 6 & 0x3F));
    }
    add(0x80 | (code & 0x3F));
}

/// Of UTF-16 without its mark. Returns nothing if it isn't that.
std::optional<std::string> utf8_from_utf16(std::string_view bytes, bool big) {
    if (bytes.size() % 2 != 0) return std::nullopt;
    const auto byte = [&](std::size_t i) { return char32_t{static_cast<unsigned char>(bytes[i])}; };
    const auto unit = [&](std::size_t i) {
        return big ? byte(i) << 8U | byte(i + 1) : byte(i + 1) << 8U | byte(i);
    };
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        char32_t code = unit(i);
        if (code >= first_surrogate && code < after_surrogates) {
            if (code >= first_low_surrogate || i + 2 >= bytes.size()) return std::nullopt;
            const char32_t low = unit(i += 2);
            if (low < first_low_surrogate || low >= after_surrogates) return std::nullopt;
            code = beyond_one_unit + ((code - first_surrogate) << 10U) + (low - first_low_surrogate);
        }
        add_utf8(text, code);
    }
    return text;
}

/// Of valid UTF-8.
std::string utf16_from_utf8(std::string_view text, bool big) {
    std::string bytes;
    const auto add = [&](char32_t unit) {
        const char high = static_cast<char>(unit >> 8U);
        const char low = static_cast<char>(unit & 0xFFU);
        bytes += big ? high : low;
        bytes += big ? low : high;
    };
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t code = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t j = 1; j < length && i + j < text.size(); ++j)
            code = code << 6U | (static_cast<unsigned char>(text[i + j]) & 0x3FU);
        i += length;
        if (code < beyond_one_unit) {
            add(code);
        } else {
            add(first_surrogate + ((code - beyond_one_unit) >> 10U));
            add(first_low_surrogate + ((code - beyond_one_unit) & 0x3FFU));
        }
    }
    return bytes;
}

/// The one that the first line has most of, outside of quotes.
char delimiter_of(std::string_view text) {
    constexpr std::string_view delimiters = ",;\t";
    std::array<std::size_t, delimiters.size()> counts{};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        if (const std::size_t which = delimiters.find(c); which != std::string_view::npos) ++counts[which];
    }
    return delimiters[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

}  // namespace

std::string csv_field(std::string_view text, char delimiter) {
    std::string field = printable(text);
    if (!field.empty() && std::string_view("=+-@").find(field[0]) != std::string_view::npos)
        field.insert(0, 1, '\'');
    if (field.find(delimiter) == std::string::npos && field.find('"') == std::string::npos) return field;
    std::string quoted = "\"";
    for (const char c : field) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

std::string csv_row(const std::vector<std::string>& fields) {
    std::vector<std::string> escaped;
    for (const std::string& field : fields) escaped.push_back(csv_field(field));
    return fmt::format("{}\r\n", fmt::join(escaped, ","));
}

Table::Table(std::string_view bytes, std::string file) : file_(std::move(file)) {
    const bool big = bytes.starts_with(utf16_big_mark);
    if (big || bytes.starts_with(utf16_little_mark)) {
        encoding_ = big ? Encoding::utf16_big : Encoding::utf16_little;
        const auto text = utf8_from_utf16(bytes.substr(utf16_big_mark.size()), big);
        if (!text)
            throw Error(ExitCode::usage, fmt::format("{}:1: it begins like UTF-16 but isn't", file_),
                        "save it as CSV in UTF-8");
        read(*text);
    } else if (bytes.starts_with(utf8_mark)) {
        encoding_ = Encoding::utf8_with_mark;
        read(bytes.substr(utf8_mark.size()));
    } else {
        read(bytes);
    }
}

void Table::read(std::string_view text) {
    delimiter_ = delimiter_of(text);
    Row row;
    Cell cell;
    bool quoted = false;
    int line = 1;
    const auto end_cell = [&] {
        cell.text = trimmed(cell.text);
        row.cells.push_back(std::exchange(cell, {}));
    };
    const auto end_row = [&](std::string_view end) {
        end_cell();
        row.end = end;
        rows_.push_back(std::exchange(row, {line}));
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        const std::size_t line_end =
            rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') || rest.starts_with('\r');
        if (line_end > 0) ++line;
        if (!quoted && line_end > 0) {
            end_row(rest.substr(0, line_end));
            i += line_end - 1;
            continue;
        }
        if (!quoted && rest.starts_with(delimiter_)) {
            end_cell();
            continue;
        }
        const bool opens = !quoted && rest.starts_with('"') && trimmed(cell.text).empty();
        const bool is_quote = quoted && rest.starts_with("\"\"");
        const std::size_t length = is_quote ? 2 : std::max<std::size_t>(line_end, 1);
        if (opens) {
            quoted = true;
            cell.text.clear();
        } else if (quoted && rest.starts_with('"') && !is_quote) {
            quoted = false;
        } else {
            cell.text += is_quote ? rest.substr(0, 1) : rest.substr(0, length);
        }
        cell.written += rest.substr(0, length);
        i += length - 1;
    }
    if (quoted)
        throw Error(ExitCode::usage, fmt::format("{}:{}: a quoted field isn't closed", file_, row.line));
    if (!cell.written.empty() || !row.cells.empty()) end_row("");
}

bool Table::is_empty(std::size_t row) const {
    return cells(row) == 1 && at(row, 0).empty();
}

const std::string& Table::at(std::size_t row, std::size_t column) const {
    static const std::string nothing;
    return column < cells(row) ? rows_[row].cells[column].text : nothing;
}

void Table::set(std::size_t row, std::size_t column, std::string_view text) {
    rows_[row].cells.at(column) = {std::string(text), csv_field(text, delimiter_)};
}

std::string Table::bytes() const {
    std::string text;
    for (const Row& row : rows_) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (i > 0) text += delimiter_;
            text += row.cells[i].written;
        }
        text += row.end;
    }
    switch (encoding_) {
        case Encoding::utf8:
            return text;
        case Encoding::utf8_with_mark:
            return std::string(utf8_mark) + text;
        case Encoding::utf16_little:
            return std::string(utf16_little_mark) + utf16_from_utf8(text, false);
        case Encoding::utf16_big:
            return std::string(utf16_big_mark) + utf16_from_utf8(text, true);
    }
    return text;
}

Table read_table(const std::filesystem::path& file) {
    return {read_file(file), file.string()};
}

std::vector<std::map<std::string, std::string>> read_csv(std::string_view text, const std::string& file,
                                                         const std::vector<std::string>& required) {
    const Table table(text, file);
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < table.rows(); ++row)
        if (!table.is_empty(row)) rows.push_back(row);
    std::vector<std::string> columns;
    if (!rows.empty())
        for (std::size_t i = 0; i < table.cells(rows[0]); ++i)
            columns.push_back(in_lower_case(table.at(rows[0], i)));
    for (const std::string& name : required)
        if (std::ranges::find(columns, name) == columns.end())
            throw Error(ExitCode::usage, fmt::format("{}:1: there is no column '{}'", file, name),
                        fmt::format("its first line must name at least: {}", fmt::join(required, ",")));
    std::vector<std::map<std::string, std::string>> result;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (table.cells(rows[i]) > columns.size())
            throw Error(ExitCode::usage,
                        fmt::format("{}:{}: {} fields, but the first line names {} columns", file,
                                    table.line(rows[i]), table.cells(rows[i]), columns.size()));
        auto& row = result.emplace_back();
        for (std::size_t j = 0; j < columns.size(); ++j) row[columns[j]] = table.at(rows[i], j);
    }
    return result;
}

std::vector<std::map<std::string, std::string>> read_csv_file(const std::filesystem::path& file,
                                                              const std::vector<std::string>& required) {
    return read_csv(read_file(file), file.string(), required);
}

}  // namespace grader
