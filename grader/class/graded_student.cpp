#include "class/graded_student.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "base/files.hpp"
#include "report/result_json.hpp"
#include "score/score.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

std::string content_or_nothing(const fs::path& path) {
    try {
        return read_file(path);
    } catch (const Error&) {
        return {};
    }
}

bool is_a_grade(const Graded& graded) {
    return graded.verdict && std::isfinite(graded.score) && graded.score >= 0 &&
           graded.score <= graded.max_score + 1e-6;
}

/// The versions in the order of `expected`; empty if one is missing or isn't a grade.
std::vector<Graded> read_versions(const fs::path& result_json, const std::vector<Graded>& expected) {
    const std::vector<Graded> found = versions_of(content_or_nothing(result_json));
    std::vector<Graded> versions;
    for (const Graded& wanted : expected) {
        const auto each = std::ranges::find_if(found, [&](const Graded& graded) {
            return graded.lesson == wanted.lesson && graded.version == wanted.version;
        });
        if (each == found.end() || !is_a_grade(*each)) return {};
        versions.push_back(*each);
    }
    return versions;
}

/// Replaces `each.versions` by the result, or says why none counts. A grading first removes the old result
/// and last writes the new one, so a result.json always belongs to the hash next to it.
void read_result(GradedStudent& each, const fs::path& out) {
    const fs::path folder = result_folder(each.student, out);
    std::error_code error;
    if (each.student.is_missing) {
        each.no_result = "nothing was handed in";
    } else if (!each.student.submitted) {
        each.no_result = "nothing was handed in that can be graded";
    } else if (!fs::exists(folder / "result.json", error)) {
        each.no_result = "the grading did not come to its end";
    } else if (const std::string staged = content_or_nothing(staged_hash(each.student.graded_as, out));
               staged.empty() || staged != content_or_nothing(folder / "submission.hash")) {
        each.no_result = "the result is of an earlier submission or another seed";
    } else if (std::vector<Graded> versions = read_versions(folder / "result.json", each.versions);
               versions.empty()) {
        each.no_result = "the result.json is damaged or from another kit";
    } else {
        each.versions = std::move(versions);
    }
}

}  // namespace

std::optional<double> GradedStudent::score() const {
    const bool all = std::ranges::all_of(versions, [&](const Graded& each) { return has_points(each); });
    if (!all && (student.submitted || overrides.empty())) return std::nullopt;
    double sum = 0;
    for (const Graded& graded : versions) sum += graded.score;
    return sum;
}

GradedStudent read_graded_student(const Student& student, const std::vector<Lesson>& lessons, double scale,
                                  const Overrides& overrides, const fs::path& out) {
    GradedStudent each{student, {}, {}, {}};
    for (const Lesson& lesson : lessons)
        for (const Version& version : lesson.versions)
            each.versions.emplace_back(ungraded(lesson, version, scale)).message.clear();
    read_result(each, out);
    for (Graded& graded : each.versions) {
        const auto word = overrides.find(override_key(student.key, graded.lesson, graded.version));
        if (word == overrides.end()) continue;
        graded.score = word->second.points;
        each.overrides[graded.lesson + "/" + graded.version] = word->second;
    }
    return each;
}

std::string points(std::optional<double> score) {
    return score ? fmt::format("{:.2f}", *score) : "";
}

std::vector<std::string> remarks(const GradedStudent& each) {
    std::vector<std::string> result = each.student.messages;
    if (!each.score()) result.push_back("not graded: " + each.no_result);
    return result;
}

}  // namespace grader
