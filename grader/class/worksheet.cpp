#include "class/worksheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <system_error>

#include "base/error.hpp"
#include "base/text.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

/// "17.35", or "17,35" where that is the file's way.
std::string points_in(const Worksheet& worksheet, double score) {
    std::string text = points(score * worksheet.most_points / 100);
    std::ranges::replace(text, '.', worksheet.decimal_mark);
    return text;
}

}  // namespace

std::optional<double> number_in(std::string_view text) {
    constexpr std::string_view marks = ".,";
    if (text.empty() || text.find_first_not_of("0123456789.,") != std::string_view::npos) return std::nullopt;
    const std::size_t mark = text.find_last_of(marks);  // those before it set thousands apart
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (marks.find(text[i]) == std::string_view::npos)
            plain += text[i];
        else if (i == mark)
            plain += '.';
    double number = 0;
    const auto [end, problem] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
    if (problem != std::errc() || end != plain.data() + plain.size()) return std::nullopt;
    return number;
}

char decimal_mark_of(const Table& table, std::size_t column) {
    for (std::size_t row = 1; row < table.rows(); ++row) {
        const std::string& text = table.at(row, column);
        if (!number_in(text)) continue;
        if (const std::size_t mark = text.find_last_of(".,"); mark != std::string::npos) return text[mark];
    }
    return '.';
}

Worksheet read_worksheet(const fs::path& file, const std::string& assignment) {
    const Table table = read_table(file);
    if (auto canvas = canvas_worksheet(table, assignment)) return std::move(*canvas);
    if (auto moodle = moodle_worksheet(table)) return std::move(*moodle);
    throw Error(
        ExitCode::usage,
        fmt::format("{}: neither Moodle's grading worksheet nor Canvas' gradebook", printable(file.string())),
        "download it: in Moodle from the assignment's submissions (\"Download grading worksheet\", once its "
        "settings have the feedback type \"Offline grading worksheet\"), in Canvas from the gradebook "
        "(\"Export\", the entire gradebook)");
}

Filled fill_in(Worksheet& worksheet, const std::vector<GradedStudent>& students) {
    std::map<std::string, int> owners;
    for (const GradedStudent& each : students)
        if (each.student.has_participant()) ++owners[each.student.id];
    Filled filled;
    for (const GradedStudent& each : students) {
        if (!each.student.has_participant()) continue;
        const std::string& id = each.student.id;
        const auto found = std::ranges::find(worksheet.students, id, &Worksheet::Row::id);
        if (found == worksheet.students.end()) {
            filled.missing.push_back(&each.student);
        } else if (owners[id] > 1) {
            filled.doubled.push_back(&each.student);
        } else if (const std::optional<double> score = each.score(); score && found->locked) {
            ++filled.locked;
        } else if (score) {
            ++filled.rows;
            worksheet.table.set(found->row, worksheet.grade_column, points_in(worksheet, *score));
            if (worksheet.feedback_column)
                worksheet.table.set(found->row, *worksheet.feedback_column, moodle_feedback(each));
        }
    }
    return filled;
}

}  // namespace grader
