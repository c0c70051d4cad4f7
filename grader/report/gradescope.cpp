#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "base/json_text.hpp"
#include "report/exports.hpp"
#include "report/in_words.hpp"

namespace grader {

using json = nlohmann::ordered_json;

namespace {

double to_hundredths(double points) {
    return std::round(100 * points) / 100;
}

}  // namespace

std::string gradescope_json(const Result& result) {
    json tests = json::array();
    json leaderboard =
        json::array({{{"name", "Score"}, {"value", to_hundredths(result.score())}, {"order", "desc"}}});
    int number = 0;
    std::string for_the_instructor;
    for (const Graded& graded : result.versions) {
        for (const std::string& flag : graded.flags)
            for_the_instructor += fmt::format("{}: {}\n", label(graded), flag);
        tests.push_back({{"name", label(graded)},
                         {"number", std::to_string(++number)},
                         {"score", to_hundredths(graded.score)},
                         {"max_score", to_hundredths(graded.max_score)},
                         {"status", graded.verdict == Verdict::pass ? "passed" : "failed"},
                         {"output", fmt::format("{}. {}", verdict_in_words(graded), in_full(graded))},
                         {"output_format", "text"},
                         {"visibility", "visible"},
                         {"tags", json::array({graded.lesson, graded.version})},
                         {"extra_data", {{"flags", graded.flags}, {"diagnosis", graded.diagnosis}}}});
        const bool fast = graded.verdict == Verdict::pass && graded.measured.speedup.empty();
        if (fast && graded.measured.ratio && graded.version != graded.baseline)
            leaderboard.push_back({{"name", label(graded) + " speed"},
                                   {"value", to_hundredths(graded.measured.ratio->value)},
                                   {"order", "desc"}});
        if (graded.verdict == Verdict::pass && !graded.measured.speedup.empty()) {
            const Speedup& most = graded.measured.speedup.back();
            const Interval& shown = most.predicted ? *most.predicted : most.wall.value();
            leaderboard.push_back(
                {{"name", fmt::format("{} speed-up with {} threads", label(graded), most.threads)},
                 {"value", to_hundredths(shown.value)},
                 {"order", "desc"}});
        }
    }
    // A hidden test also hides the total from students until somebody has looked at the flags.
    if (!for_the_instructor.empty())
        tests.push_back({{"name", "For the instructor: flags"},
                         {"number", std::to_string(++number)},
                         {"score", 0},
                         {"max_score", 0},
                         {"status", "failed"},
                         {"output", for_the_instructor},
                         {"output_format", "text"},
                         {"visibility", "hidden"}});
    const json document = {{"score", to_hundredths(result.score())},
                           {"output", fmt::format("{:.1f} of 100 points. Seed {}, isolation {}.",
                                                  result.score(), result.seed, result.isolation)},
                           {"output_format", "text"},
                           {"visibility", "visible"},
                           {"stdout_visibility", "hidden"},
                           {"tests", tests},
                           {"leaderboard", leaderboard}};
    return json_text(document);
}

}  // namespace grader
