#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "class/csv.hpp"
#include "class/gradebooks.hpp"
#include "class/worksheet.hpp"
#include "report/in_words.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

bool is_digit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// "123" of "Participant 123" or "Teilnehmer/in123"; empty without a word or a number.
std::string_view number_of_participant(std::string_view text) {
    std::size_t begin = text.size();
    while (begin > 0 && is_digit(text[begin - 1])) --begin;
    return begin == 0 ? std::string_view() : text.substr(begin);
}

/// Whether the test holds for the column in all rows with participants.
template <typename Test>
bool holds_for_all(const std::vector<Worksheet::Row>& students, const Test& test) {
    return std::ranges::all_of(students, [&](const Worksheet::Row& each) { return test(each.row); });
}

/// All rows but the first and empty ones; none if one isn't a participant's.
std::vector<Worksheet::Row> participants(const Table& table) {
    std::vector<Worksheet::Row> students;
    for (std::size_t row = 1; row < table.rows(); ++row) {
        if (table.is_empty(row)) continue;
        const std::string_view number = number_of_participant(table.at(row, 0));
        if (number.empty()) return {};
        students.push_back({row, std::string(number)});
    }
    return students;
}

/// The last column that has the same number in all rows, behind one with grades up to that; 0 if there is
/// none.
std::size_t column_of_most_points(const Table& table, const std::vector<Worksheet::Row>& students) {
    for (std::size_t column = table.cells(0) - 1; column > 1; --column) {
        const std::string& first = table.at(students[0].row, column);
        const double most = number_in(first).value_or(0);
        const auto has_grade_and_most = [&](std::size_t row) {
            const std::string& grade = table.at(row, column - 1);
            const bool can_be_a_grade = grade.empty() || number_in(grade).value_or(most + 1) <= most;
            return can_be_a_grade && table.at(row, column) == first;
        };
        if (most > 0 && holds_for_all(students, has_grade_and_most)) return column;
    }
    return 0;
}

/// What "Grade can be changed" says if it can't, in many languages. Moodle itself takes no grade for such a
/// row but it does take a comment.
bool says_no(std::string_view text) {
    constexpr std::string_view words[] = {"No",  "Nein",   "Non",   "Não", "Nee", "Nej",   "Nei",   "Ei",
                                          "Nie", "Ne",     "Nem",   "Nu",  "Ez",  "Nē",    "Не",    "Нет",
                                          "Ні",  "Όχι",    "Hayır", "Жоқ", "Jo",  "Tidak", "Không", "いいえ",
                                          "否",  "아니오", "ไม่",    "नहीं", "لا",  "לא",    "خیر"};
    return std::ranges::find(words, text) != std::ranges::end(words);
}

/// "-", or with a year: dates are in any language.
bool can_be_a_date(std::string_view text) {
    constexpr std::size_t longest = 80;
    constexpr int digits_of_a_year = 4;
    int digits = 0;
    for (const char c : text) {
        digits = is_digit(c) ? digits + 1 : 0;
        if (digits == digits_of_a_year) return text.size() <= longest;
    }
    return text == "-";
}

/// The one behind the last of the dates, which is the time of grading.
std::optional<std::size_t> column_of_feedback(const Table& table, const std::vector<Worksheet::Row>& students,
                                              std::size_t after) {
    for (std::size_t column = table.cells(0) - 1; column > after; --column) {
        const auto has_date = [&](std::size_t row) { return can_be_a_date(table.at(row, column)); };
        if (!holds_for_all(students, has_date)) continue;
        if (column + 1 == table.cells(0)) return std::nullopt;
        return column + 1;
    }
    return std::nullopt;
}

}  // namespace

std::string moodle_feedback(const GradedStudent& each) {
    std::string text;
    if (!each.score()) text = fmt::format("Not graded: {}. ", each.no_result);
    for (const Graded& graded : each.versions) {
        if (!each.has_points(graded)) continue;
        text += fmt::format("{}::{}: {}, {:.1f} of {:.1f} points. {} ", graded.lesson, graded.version,
                            graded.verdict ? title(*graded.verdict) : "not graded", graded.score,
                            graded.max_score, graded.message);
        if (const Override* word = each.word_on(graded)) text += fmt::format("({}) ", word->reason);
    }
    // Moodle takes it for HTML, and a backslash before a quote for a part of the text.
    return escaped(printable(text),
                   {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\\', "&#92;"}});
}

std::string moodle_gradebook(const std::vector<GradedStudent>& students, const std::string& /*assignment*/) {
    std::string text = csv_row({"Identifier", "Full name", "Email address", "Status", "Grade",
                                "Maximum Grade", "Grade can be changed", "Last modified (submission)",
                                "Last modified (grade)", "Feedback comments"});
    for (const GradedStudent& each : students) {
        if (!each.student.has_participant()) continue;
        text += csv_row({"Participant " + each.student.id, each.student.name, each.student.email,
                         each.student.submitted ? "Submitted for grading" : "No submission",
                         points(each.score()), "100.00", "Yes", "", "", moodle_feedback(each)});
    }
    return text;
}

std::optional<Worksheet> moodle_worksheet(const Table& table) {
    // The number, the status, the grade, the maximum grade, and whether it can be changed.
    constexpr std::size_t fewest_columns = 5;
    if (table.rows() == 0 || table.cells(0) < fewest_columns) return std::nullopt;
    std::vector<Worksheet::Row> students = participants(table);
    if (students.empty()) return std::nullopt;
    for (const Worksheet::Row& each : students)
        if (table.cells(each.row) != table.cells(0))
            throw Error(
                ExitCode::usage,
                fmt::format("{}:{}: {} fields, but the first line names {} columns", printable(table.file()),
                            table.line(each.row), table.cells(each.row), table.cells(0)),
                "download the grading worksheet again");
    const std::size_t column = column_of_most_points(table, students);
    if (column == 0)
        throw Error(ExitCode::usage,
                    fmt::format("{}: no column has the maximum grade: is the assignment graded by a scale?",
                                printable(table.file())),
                    "set its type of grade to points in Moodle, then download the grading worksheet again");
    for (Worksheet::Row& each : students)  // a column with the state of marking may come first
        each.locked = says_no(table.at(each.row, column + 1)) || says_no(table.at(each.row, column + 2));
    const double most = number_in(table.at(students[0].row, column)).value();
    return Worksheet{table,
                     "moodle.csv",
                     column - 1,
                     column_of_feedback(table, students, column),
                     most,
                     decimal_mark_of(table, column),
                     std::move(students)};
}

void write_moodle_feedback(const std::vector<GradedStudent>& students, const fs::path& out) {
    const fs::path folder = out / "moodle_feedback";
    fs::remove_all(folder);
    for (const GradedStudent& each : students) {
        const fs::path page = result_folder(each.student, out) / "index.html";
        std::error_code error;
        if (!each.no_result.empty() || !each.student.has_participant() || !fs::exists(page, error)) continue;
        std::string name = fmt::format("{}_{}_assignsubmission_file_", each.student.name, each.student.id);
        std::ranges::replace(name, '/', '_');
        fs::create_directories(folder / name);
        fs::copy_file(page, folder / name / "report.html", fs::copy_options::overwrite_existing);
    }
}

}  // namespace grader
