#include "report/exports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "base/files.hpp"
#include "base/text.hpp"

namespace grader {

using json = nlohmann::ordered_json;

namespace {

using Replacements = std::initializer_list<std::pair<char, const char*>>;

std::string escaped(std::string_view text, Replacements replacements) {
    std::string result;
    for (const char c : text) {
        const auto* found = std::ranges::find(replacements, c, &std::pair<char, const char*>::first);
        if (found == replacements.end())
            result += c;
        else
            result += found->second;
    }
    return result;
}

std::string xml(const std::string& text) {
    return escaped(
        printable(text, true),
        {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\n', "&#10;"}, {'\t', "&#9;"}});
}

std::string markdown(const std::string& text) {
    return escaped(printable(text), {{'\\', "\\\\"},
                                     {'`', "\\`"},
                                     {'*', "\\*"},
                                     {'_', "\\_"},
                                     {'[', "\\["},
                                     {']', "\\]"},
                                     {'|', "\\|"},
                                     {'<', "&lt;"},
                                     {'>', "&gt;"},
                                     {'&', "&amp;"}});
}

std::string verdict_in_words(const Graded& graded) {
    return graded.verdict ? title(*graded.verdict) : "not graded yet";
}

std::string label(const Graded& graded) {
    return graded.lesson + "::" + graded.version;
}

bool is_open(const Graded& graded) {
    return !graded.verdict || graded.verdict == Verdict::not_started;
}

/// What happened, and what to do next.
std::string in_full(const Graded& graded) {
    std::string text = printable(graded.message, true);
    if (!graded.scaling.empty()) text += fmt::format("\n{}", printable(graded.scaling));
    if (!graded.next.empty()) text += fmt::format("\nNext: {}", printable(graded.next));
    if (graded.verdict == Verdict::build_error && !graded.details.empty())
        text += fmt::format("\n{}", first_lines(printable(graded.details, true), 12));
    return text;
}

double to_hundredths(double points) {
    return std::round(100 * points) / 100;
}

std::string folder_of(const Result& result, const std::string& lesson) {
    const auto found = std::ranges::find(result.lessons, lesson, &Lesson::name);
    return found == result.lessons.end() ? lesson : found->folder;
}

}  // namespace

std::string junit_xml(const Result& result) {
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"slow_things\">\n";
    for (const Lesson& lesson : result.lessons) {
        std::string cases;
        int count = 0;
        int failures = 0;
        int skipped = 0;
        for (const Graded& graded : result.versions) {
            if (graded.lesson != lesson.name) continue;
            ++count;
            cases += fmt::format("    <testcase classname=\"{}\" name=\"{}\">\n", xml(graded.lesson),
                                 xml(graded.version));
            if (is_open(graded)) {
                ++skipped;
                cases += fmt::format("      <skipped message=\"{}\"/>\n", xml(verdict_in_words(graded)));
            } else if (graded.verdict != Verdict::pass) {
                ++failures;
                cases += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                                     name(*graded.verdict), xml(graded.message), xml(in_full(graded)));
            }
            cases += fmt::format("      <system-out>{:.2f} of {:.2f} points</system-out>\n    </testcase>\n",
                                 graded.score, graded.max_score);
        }
        text += fmt::format(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n"
            "    <properties>\n      <property name=\"score\" value=\"{:.2f}\"/>\n"
            "      <property name=\"seed\" value=\"{}\"/>\n      <property name=\"isolation\" "
            "value=\"{}\"/>\n    </properties>\n"
            "{}  </testsuite>\n",
            xml(lesson.name), count, failures, skipped, result.score(), result.seed, xml(result.isolation),
            cases);
    }
    return text + "</testsuites>\n";
}

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
    // Students don't see the total while a test is hidden: somebody has to look at the flags first.
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
    return document.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string classroom50_json(const Result& result) {
    json tests = json::array();
    long max_score = 0;
    long score = 0;
    for (const Graded& graded : result.versions) {
        tests.push_back({{"test-name", label(graded)},
                         {"passed", graded.verdict == Verdict::pass},
                         {"score", std::lround(graded.score)},
                         {"max-score", std::lround(graded.max_score)}});
        score += std::lround(graded.score);
        max_score += std::lround(graded.max_score);
    }
    json document = {{"schema", "classroom50/result/v1"},
                     {"datetime", result.graded_at},
                     {"score", score},
                     {"max-score", max_score},
                     {"tests", tests}};
    const std::pair<const char*, const char*> variables[] = {
        {"classroom", "CLASSROOM"}, {"assignment", "ASSIGNMENT"}, {"submission", "SUBMISSION_TAG"},
        {"commit", "COMMIT_URL"},   {"release", "RELEASE_URL"},   {"review", "COMMIT_URL"},
        {"review", "REVIEW_URL"}};  // the review is the commit unless there is a better one
    for (const auto& [field, variable] : variables)
        if (const char* value = std::getenv(variable); value != nullptr && *value != '\0')
            document[field] = value;
    return document.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string github_annotations(const Result& result) {
    const auto message = [](const std::string& text) {
        return escaped(printable(text, true), {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}});
    };
    const auto property = [](const std::string& text) {
        return escaped(printable(text), {{'%', "%25"}, {':', "%3A"}, {',', "%2C"}});
    };
    std::string text;
    for (const Graded& graded : result.versions) {
        if (is_open(graded) || graded.verdict == Verdict::pass) continue;
        text += fmt::format("::error file={},title={}::{}\n",
                            property(fmt::format("{}/{}/{}.cpp", result.submission,
                                                 folder_of(result, graded.lesson), graded.version)),
                            property(fmt::format("{}: {}", label(graded), verdict_in_words(graded))),
                            message(in_full(graded)));
    }
    return text;
}

std::string github_summary(const Result& result) {
    std::string text = fmt::format(
        "## Slow Things: {:.1f} of 100 points\n\n| version | verdict | points | |\n| --- | --- | --- | --- "
        "|\n",
        result.score());
    for (const Graded& graded : result.versions)
        text +=
            fmt::format("| {} | {} {} | {:.1f} of {:.1f} | {} |\n", markdown(label(graded)),
                        graded.verdict == Verdict::pass ? "✓"
                        : is_open(graded)               ? "·"
                                                        : "✗",
                        verdict_in_words(graded), graded.score, graded.max_score, markdown(graded.message));
    return text;
}

void write_exports(const Result& result, const std::filesystem::path& folder) {
    write_file(folder / "junit.xml", junit_xml(result));
    write_file(folder / "gradescope.json", gradescope_json(result));
    write_file(folder / "classroom50.json", classroom50_json(result));
    if (std::getenv("GITHUB_ACTIONS") == nullptr) return;
    std::fputs(github_annotations(result).c_str(), stdout);
    if (const char* summary = std::getenv("GITHUB_STEP_SUMMARY"))
        std::ofstream(summary, std::ios::app) << github_summary(result);
}

}  // namespace grader
