#include <fmt/format.h>

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

}  // namespace grader
