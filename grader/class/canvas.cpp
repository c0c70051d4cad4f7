#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "class/csv.hpp"
#include "class/gradebooks.hpp"
#include "class/worksheet.hpp"

namespace grader {

namespace {

constexpr const char* points_row = "Points Possible";

/// The column's number, if its header is this; else the number of columns.
std::size_t column_named(const Table& table, std::string_view name) {
    std::size_t column = 0;
    while (column < table.cells(0) && table.at(0, column) != name) ++column;
    return column;
}

/// "Lab 1 (12345)" without the number; empty if there is none.
std::string title_of(const std::string& header) {
    static const std::regex with_number(R"((.*) \(\d+\))");
    std::smatch match;
    return std::regex_match(header, match, with_number) ? match[1].str() : "";
}

/// Canvas takes no column for an assignment whose name has one of these words.
bool is_total(const std::string& header) {
    static const std::regex totals("(Current|Final|Override) (Score|Points|Grade|Status)");
    return std::regex_search(header, totals);
}

/// The columns that may be meant by `assignment`.
std::vector<std::size_t> candidates(const Table& table, std::size_t points_row_at,
                                    const std::string& assignment) {
    std::vector<std::size_t> found;
    for (std::size_t column = column_named(table, "Section") + 1; column < table.cells(0); ++column) {
        const std::string& header = table.at(0, column);
        if (is_total(header) || table.at(points_row_at, column).starts_with("(")) continue;  // "(read only)"
        const std::string title = title_of(header);
        if (assignment.empty() ? !title.empty() : assignment == header || assignment == title)
            found.push_back(column);
    }
    return found;
}

std::size_t assignment_column(const Table& table, std::size_t points_row_at, const std::string& assignment) {
    const std::vector<std::size_t> found = candidates(table, points_row_at, assignment);
    if (found.size() == 1) return found[0];
    std::vector<std::string> names;
    for (const std::size_t column : found.empty() ? candidates(table, points_row_at, "") : found)
        names.push_back(fmt::format("\"{}\"", printable(table.at(0, column))));
    const std::string problem = names.empty()        ? "there is no assignment in it"
                                : assignment.empty() ? "there are several assignments in it"
                                : found.empty()
                                    ? fmt::format("there is no assignment '{}'", printable(assignment))
                                    : fmt::format("'{}' can be several assignments", printable(assignment));
    throw Error(ExitCode::usage, fmt::format("{}:1: {}", printable(table.file()), problem),
                names.empty() ? "create the assignment in Canvas, publish it, then export the gradebook again"
                              : fmt::format("name one: ASSIGNMENT={}", fmt::join(names, ", or ASSIGNMENT=")));
}

/// The row with the points, or the number of rows.
std::size_t points_row_of(const Table& table) {
    std::size_t row = 1;
    while (row < table.rows() && table.at(row, 0).find(points_row) == std::string::npos) ++row;
    return row;
}

/// Canvas takes what begins with digits for the number of a user, also if it is a name.
std::string canvas_id(const Student& student) {
    const bool is_number = student.id.find_first_not_of("0123456789") == std::string::npos;
    return is_number && student.id != student.university_id ? student.id : "";
}

}  // namespace

std::string canvas_gradebook(const std::vector<GradedStudent>& students, const std::string& assignment) {
    std::string text = csv_row({"Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment});
    text += csv_row({fmt::format("    {}", points_row), "", "", "", "", "100"});
    for (const GradedStudent& each : students)
        text += csv_row({each.student.name, canvas_id(each.student), each.student.university_id, "", "",
                         points(each.score())});
    return text;
}

std::optional<Worksheet> canvas_worksheet(const Table& table, const std::string& assignment) {
    if (table.rows() == 0) return std::nullopt;
    const std::size_t columns = table.cells(0);
    const bool has_names = table.at(0, 0) == "Student" || table.at(0, 0) == "LastName";
    const std::size_t id_column = column_named(table, "ID");
    if (!has_names || id_column == columns || column_named(table, "Section") == columns) return std::nullopt;
    const std::size_t row_with_points = points_row_of(table);
    if (row_with_points == table.rows())
        throw Error(ExitCode::usage,
                    fmt::format("{}: there is no row '{}'", printable(table.file()), points_row),
                    "export the gradebook from Canvas again, and leave its rows as they are");
    const std::size_t column = assignment_column(table, row_with_points, assignment);
    const double most = number_in(table.at(row_with_points, column)).value_or(0);
    if (most <= 0)
        throw Error(ExitCode::usage,
                    fmt::format("{}:{}: \"{}\" has no points", printable(table.file()),
                                table.line(row_with_points), printable(table.at(0, column))),
                    "give it points in Canvas, then export the gradebook again");
    Worksheet worksheet{table, "canvas.csv", column, {}, most, decimal_mark_of(table, column), {}};
    for (std::size_t row = 1; row < table.rows(); ++row) {
        if (row == row_with_points || table.cells(row) <= column || !number_in(table.at(row, id_column)))
            continue;
        const std::string& grade = table.at(row, column);
        const bool locked = grade == "N/A" || grade == "EX";  // not assigned, or excused
        worksheet.students.push_back({row, table.at(row, id_column), locked});
    }
    return worksheet;
}

}  // namespace grader
