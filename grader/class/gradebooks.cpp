#include "class/gradebooks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/files.hpp"
#include "base/json_text.hpp"
#include "base/terminal.hpp"
#include "base/text.hpp"
#include "class/worksheet.hpp"
#include "recipe.hpp"
#include "report/page.hpp"
#include "score/score.hpp"

namespace grader {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

namespace {

json class_json(const Staged& staged, const std::vector<GradedStudent>& students) {
    json list = json::array();
    for (const GradedStudent& each : students) {
        json overrides = json::object();
        for (const auto& [version, word] : each.overrides)
            overrides[version] = {{"points", word.points}, {"reason", printable(word.reason)}};
        std::vector<std::string> messages;
        for (const std::string& message : remarks(each)) messages.push_back(printable(message));
        const std::optional<double> score = each.score();
        list.push_back({{"key", each.student.graded_as},
                        {"id", printable(each.student.id)},
                        {"university_id", printable(each.student.university_id)},
                        {"name", printable(each.student.name)},
                        {"score", score ? json(*score) : json()},
                        {"graded", each.no_result.empty()},
                        {"handed_in", !each.student.is_missing},
                        {"overrides", overrides},
                        {"messages", messages}});
    }
    return {{"schema", 1}, {"seed", staged.seed}, {"students", list}};
}

bool is_missing(const GradedStudent& each) {
    return each.student.is_missing && !each.score();
}

/// Prints to stderr who handed in something and has no grade, why, and what to do. Returns how many there
/// are.
std::size_t tell_of_ungraded(const std::vector<GradedStudent>& students) {
    std::size_t count = 0;
    for (const GradedStudent& each : students) {
        if (each.score() || is_missing(each)) continue;
        ++count;
        const Student& student = each.student;
        const bool says_why = !student.submitted && !student.messages.empty();
        std::fprintf(
            stderr, "not graded: %s (%s): %s\n", printable(student.name).c_str(),
            printable(student.id).c_str(),
            printable(says_why ? fmt::format("{}", fmt::join(student.messages, "; ")) : each.no_result)
                .c_str());
    }
    if (count > 0)
        std::fputs(
            "  next: run make class again to grade what was handed in; where nothing can be graded, give "
            "points "
            "in overrides.csv\n",
            stderr);
    return count;
}

/// Prints to stderr whose row wasn't filled in, and why. Returns whether everybody has a row.
bool tell(const Filled& filled) {
    const auto name = [](const char* problem, const std::vector<const Student*>& students) {
        for (const Student* each : students)
            std::fprintf(stderr, "%s: %s (%s)\n", problem, printable(each->name).c_str(),
                         printable(each->id).c_str());
    };
    name("not in the worksheet", filled.missing);
    name("not filled in, since others of the class have the same number", filled.doubled);
    if (!filled.missing.empty())
        std::fputs(
            "  next: is it the worksheet of this assignment, with all groups? Numbers can be given in "
            "the roster\n",
            stderr);
    if (filled.locked > 0)
        std::fprintf(stderr, "%s of the worksheet can't be changed on the platform, and stayed as before\n",
                     count_of(filled.locked, "row").c_str());
    return filled.missing.empty() && filled.doubled.empty();
}

/// Prints complaints to stderr. Returns whether there were none.
bool tell(const std::vector<std::string>& complaints) {
    for (const std::string& complaint : complaints) std::fprintf(stderr, "%s\n", complaint.c_str());
    return complaints.empty();
}

std::string in_numbers(const std::vector<GradedStudent>& students, std::size_t ungraded_ones) {
    const auto missing = static_cast<std::size_t>(std::ranges::count_if(students, is_missing));
    const std::size_t graded = students.size() - ungraded_ones - missing;
    std::string text = count_of(students.size(), "student");
    double sum = 0;
    for (const GradedStudent& each : students) sum += each.score().value_or(0);
    if (graded > 0)
        text += fmt::format(", {:.1f} of 100 points on average", sum / static_cast<double>(graded));
    if (missing > 0) text += fmt::format("; {} of the roster handed in nothing", missing);
    return text + (ungraded_ones == 0 ? "." : fmt::format("; {} without a grade.", ungraded_ones));
}

}  // namespace

ExitCode write_gradebooks(const ClassOptions& options) {
    const std::vector<Lesson> lessons = read_lessons(options.kit.lessons);
    const Staged staged = read_staged(options.out);
    const Overrides overrides = read_overrides(options, staged.students, lessons);
    const double scale = scale_to_100(lessons);
    std::vector<GradedStudent> students;
    for (const Student& student : staged.students)
        students.push_back(read_graded_student(student, lessons, scale, overrides, options.out));

    std::optional<Worksheet> worksheet;  // it may lie in OUT, so it is read before anything is written
    if (!options.worksheet.empty()) worksheet = read_worksheet(options.worksheet, options.assignment);
    const Filled filled = worksheet ? fill_in(*worksheet, students) : Filled();
    const std::string assignment = options.assignment.empty() ? "Slow Things" : options.assignment;
    for (const Gradebook& each : gradebooks) {
        const bool is_filled_in = worksheet && std::string_view(worksheet->gradebook) == each.file;
        write_file(options.out / each.file,
                   is_filled_in ? worksheet->table.bytes() : each.text(students, assignment));
    }
    write_moodle_feedback(students, options.out);
    write_file(options.out / "class.json", json_text(class_json(staged, students)));
    const std::size_t ungraded_ones = tell_of_ungraded(students);
    const bool all_have_rows = tell(filled);
    const bool all_shown = tell(draw_class_page(
        recipe::kit_dir, options.kit.cache, options.out / "class.json", options.out / "index.html", false));
    const fs::path pseudonyms = options.out / "pseudonyms.html";
    if (options.pseudonyms)
        draw_class_page(recipe::kit_dir, options.kit.cache, options.out / "class.json", pseudonyms, true);

    Terminal terminal;
    terminal.line(in_numbers(students, ungraded_ones));
    terminal.line("Class       " + fs::proximate(options.out / "index.html").string());
    if (options.pseudonyms) terminal.line("Without names " + fs::proximate(pseudonyms).string());
    std::vector<std::string> files;
    for (const Gradebook& each : gradebooks) files.emplace_back(each.file);
    terminal.line(fmt::format("Gradebooks  {}, moodle_feedback/ beside it", fmt::join(files, ", ")));
    if (worksheet)
        terminal.line(
            fmt::format("Worksheet   {}: {} filled in", worksheet->gradebook, count_of(filled.rows, "row")));
    return ungraded_ones == 0 && all_shown && all_have_rows ? ExitCode::graded : ExitCode::not_passed;
}

}  // namespace grader
