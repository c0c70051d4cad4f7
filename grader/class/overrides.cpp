#include "class/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "class/csv.hpp"
#include "score/score.hpp"

namespace grader {

namespace fs = std::filesystem;

std::string override_key(const std::string& student, const std::string& lesson, const std::string& version) {
    return fmt::format("{}/{}/{}", student, lesson, version);
}

namespace {

/// The most points that the version can earn; empty if there is no such version.
std::optional<double> most_points(const std::vector<Lesson>& lessons, const std::string& lesson,
                                  const std::string& version) {
    for (const Lesson& each : lessons)
        for (const Version& one : each.versions)
            if (each.name == lesson && one.name == version) return one.points * scale_to_100(lessons);
    return std::nullopt;
}

/// The only one with that number, key or name, in this order. Throws Error (ExitCode::usage) if there is
/// none, or more than one.
const Student& student_called(const std::string& wanted, const std::vector<Student>& students,
                              const fs::path& file, int line) {
    std::vector<const Student*> found;
    for (const auto member : {&Student::id, &Student::key, &Student::university_id, &Student::name}) {
        for (const Student& each : students)
            if (each.*member == wanted) found.push_back(&each);
        if (!found.empty()) break;
    }
    if (found.empty())
        throw Error(ExitCode::usage,
                    fmt::format("{}:{}: there is no student '{}'", file.string(), line, printable(wanted)));
    if (found.size() > 1)
        throw Error(ExitCode::usage,
                    fmt::format("{}:{}: {} students are called '{}'", file.string(), line, found.size(),
                                printable(wanted)),
                    fmt::format("write the key of the one you mean, such as {}", found.front()->key));
    return *found.front();
}

}  // namespace

Overrides read_overrides(const ClassOptions& options, const std::vector<Student>& students,
                         const std::vector<Lesson>& lessons) {
    const fs::path file = options.overrides.empty() ? options.out / "overrides.csv" : options.overrides;
    std::error_code error;
    if (options.overrides.empty() && !fs::exists(file, error)) return {};
    Overrides overrides;
    int line = 1;
    for (const auto& row : read_csv_file(file, {"student", "lesson", "version", "points", "reason"})) {
        ++line;
        const Student& student = student_called(row.at("student"), students, file, line);
        const auto most = most_points(lessons, row.at("lesson"), row.at("version"));
        if (!most)
            throw Error(ExitCode::usage,
                        fmt::format("{}:{}: there is no version '{}::{}'", file.string(), line,
                                    printable(row.at("lesson")), printable(row.at("version"))));
        double points = 0;
        const std::string& text = row.at("points");
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), points);
        if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(points) ||
            points < 0)
            throw Error(ExitCode::usage, fmt::format("{}:{}: '{}' isn't a number of points", file.string(),
                                                     line, printable(text)));
        if (constexpr double rounding = 0.01; points > *most + rounding)
            throw Error(ExitCode::usage, fmt::format("{}:{}: {}::{} has {:.2f} points at most", file.string(),
                                                     line, row.at("lesson"), row.at("version"), *most));
        overrides[override_key(student.key, row.at("lesson"), row.at("version"))] = {points,
                                                                                     row.at("reason")};
    }
    return overrides;
}

}  // namespace grader
