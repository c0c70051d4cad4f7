#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "class/csv.hpp"
#include "class/gradebooks.hpp"
#include "report/in_words.hpp"

namespace grader {

std::string plain_gradebook(const std::vector<GradedStudent>& students, const std::string& /*assignment*/) {
    std::vector<std::string> head{"id", "university_id", "name", "score"};
    for (const Graded& graded : students.front().versions) {
        head.push_back(label(graded));
        head.push_back(label(graded) + " verdict");
    }
    for (const char* column : {"flags", "overrides", "remarks"}) head.emplace_back(column);
    std::string text = csv_row(head);
    for (const GradedStudent& each : students) {
        std::vector<std::string> row{each.student.id, each.student.university_id, each.student.name,
                                     points(each.score())};
        std::vector<std::string> flags;
        for (const Graded& graded : each.versions) {
            row.push_back(each.has_points(graded) ? points(graded.score) : "");
            row.push_back(graded.verdict ? title(*graded.verdict) : "not graded");
            for (const std::string& flag : graded.flags)
                flags.push_back(fmt::format("{} {}", label(graded), flag));
        }
        std::vector<std::string> words;
        for (const auto& [version, word] : each.overrides)
            words.push_back(fmt::format("{}: {}", version, word.reason));
        row.push_back(fmt::format("{}", fmt::join(flags, "; ")));
        row.push_back(fmt::format("{}", fmt::join(words, "; ")));
        row.push_back(fmt::format("{}", fmt::join(remarks(each), "; ")));
        text += csv_row(row);
    }
    return text;
}

}  // namespace grader
