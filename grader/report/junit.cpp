#include <fmt/format.h>

#include <filesystem>
#include <string>

#include "base/text.hpp"
#include "report/exports.hpp"
#include "report/in_words.hpp"

namespace grader {

namespace {

std::string xml(const std::string& text) {
    return escaped(
        printable(text, true),
        {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\n', "&#10;"}, {'\t', "&#9;"}});
}

/// The lesson's name, with the submission's behind it, so that a tool that collects a class's files can tell
/// them apart. A submission that is the kit's own lessons is nobody's.
std::string suite_name(const Result& result, const Lesson& lesson) {
    std::filesystem::path submission = std::filesystem::path(result.submission).lexically_normal();
    if (!submission.has_filename()) submission = submission.parent_path();
    const std::string owner = submission.filename();
    if (owner.empty() || owner == "." || owner == ".." || owner == "lessons") return lesson.name;
    return fmt::format("{} ({})", lesson.name, owner);
}

}  // namespace

std::string junit_xml(const Result& result) {
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"slow_things\">\n";
    for (const Lesson& lesson : result.lessons) {
        std::string cases;
        int count = 0;
        int failures = 0;
        int skipped = 0;
        double took_s = 0;
        for (const Graded& graded : result.versions) {
            if (graded.lesson != lesson.name) continue;
            ++count;
            took_s += graded.took_s.value_or(0);
            cases += fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\">\n",
                                 xml(graded.lesson), xml(graded.version), graded.took_s.value_or(0));
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
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" "
            "time=\"{:.3f}\">\n"
            "    <properties>\n      <property name=\"score\" value=\"{:.2f}\"/>\n"
            "      <property name=\"seed\" value=\"{}\"/>\n      <property name=\"isolation\" "
            "value=\"{}\"/>\n    </properties>\n"
            "{}  </testsuite>\n",
            xml(suite_name(result, lesson)), count, failures, skipped, took_s, result.score(), result.seed,
            xml(result.isolation), cases);
    }
    return text + "</testsuites>\n";
}

}  // namespace grader
