#include "class/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/text.hpp"
#include "class/csv.hpp"

namespace grader {

namespace fs = std::filesystem;

std::string override_key(const std::string& student, const std::string& lesson, const std::string& version) {
    return fmt::format("{}/{}/{}", student, lesson, version);
}

Overrides read_overrides(const ClassOptions& options, const std::vector<Student>& students) {
    const fs::path file = options.overrides.empty() ? options.out / "overrides.csv" : options.overrides;
    std::error_code error;
    if (options.overrides.empty() && !fs::exists(file, error)) return {};
    Overrides overrides;
    int line = 1;
    for (const auto& row : read_csv_file(file, {"student", "lesson", "version", "points", "reason"})) {
        ++line;
        const std::string& wanted = row.at("student");
        const auto student = std::ranges::find_if(students, [&](const Student& each) {
            return each.id == wanted || each.key == wanted || each.name == wanted;
        });
        if (student == students.end())
            throw Error(ExitCode::usage, fmt::format("{}:{}: there is no student '{}'", file.string(), line,
                                                     printable(wanted)));
        double points = 0;
        const std::string& text = row.at("points");
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), points);
        if (problem != std::errc() || end != text.data() + text.size() || points < 0)
            throw Error(ExitCode::usage, fmt::format("{}:{}: '{}' isn't a number of points", file.string(),
                                                     line, printable(text)));
        overrides[override_key(student->key, row.at("lesson"), row.at("version"))] = {points,
                                                                                      row.at("reason")};
    }
    return overrides;
}

}  // namespace grader
