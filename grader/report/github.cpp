#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "report/exports.hpp"
#include "report/in_words.hpp"

namespace grader {

namespace {

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

std::string folder_of(const Result& result, const std::string& lesson) {
    const auto found = std::ranges::find(result.lessons, lesson, &Lesson::name);
    return found == result.lessons.end() ? lesson : found->folder;
}

}  // namespace

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
            fmt::format("| {} | {} {} | {:.1f} of {:.1f} | {} |\n", markdown(label(graded)), sign_of(graded),
                        verdict_in_words(graded), graded.score, graded.max_score, markdown(graded.message));
    return text;
}

}  // namespace grader
