#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

#include "class/csv.hpp"
#include "class/gradebooks.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

std::string feedback(const GradedStudent& each) {
    std::string text;
    if (!each.score()) text = fmt::format("Not graded: {}. ", each.no_result);
    for (const Graded& graded : each.versions) {
        if (!each.has_points(graded)) continue;
        text += fmt::format("{}::{}: {}, {:.1f} of {:.1f} points. {} ", graded.lesson, graded.version,
                            graded.verdict ? title(*graded.verdict) : "not graded", graded.score,
                            graded.max_score, graded.message);
        if (const Override* word = each.word_on(graded)) text += fmt::format("({}) ", word->reason);
    }
    return text;
}

}  // namespace

std::string moodle_gradebook(const std::vector<GradedStudent>& students, const std::string& /*assignment*/) {
    std::string text = csv_row({"Identifier", "Full name", "Email address", "Status", "Grade",
                                "Maximum Grade", "Grade can be changed", "Last modified (submission)",
                                "Last modified (grade)", "Feedback comments"});
    for (const GradedStudent& each : students)
        text += csv_row({"Participant " + each.student.id, each.student.name, each.student.email,
                         each.student.submitted ? "Submitted for grading" : "No submission",
                         points(each.score()), "100.00", "Yes", "", "", feedback(each)});
    return text;
}

void write_moodle_feedback(const std::vector<GradedStudent>& students, const fs::path& out) {
    const fs::path folder = out / "moodle_feedback";
    fs::remove_all(folder);
    for (const GradedStudent& each : students) {
        const fs::path page = result_folder(each.student, out) / "index.html";
        std::error_code error;
        if (!each.no_result.empty() || !fs::exists(page, error)) continue;
        std::string name = fmt::format("{}_{}_assignsubmission_file_", each.student.name, each.student.id);
        std::ranges::replace(name, '/', '_');
        fs::create_directories(folder / name);
        fs::copy_file(page, folder / name / "report.html", fs::copy_options::overwrite_existing);
    }
}

}  // namespace grader
