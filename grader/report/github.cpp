#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>

#include "base/text.hpp"
#include "report/exports.hpp"
#include "report/in_words.hpp"

namespace grader {

namespace fs = std::filesystem;

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

/// The version's file as GitHub names it; empty if it isn't in the workspace.
std::string path_in(const fs::path& workspace, const Result& result, const Graded& graded) {
    if (workspace.empty()) return {};
    const fs::path file =
        fs::path(result.submission) / folder_of(result, graded.lesson) / (graded.version + ".cpp");
    std::error_code error;
    const fs::path path = fs::relative(file, workspace, error);
    const bool inside = !error && !path.empty() && *path.begin() != ".." && fs::exists(file, error);
    return inside ? path.generic_string() : "";
}

}  // namespace

std::string github_annotations(const Result& result, const fs::path& workspace) {
    const auto message = [](const std::string& text) {
        return escaped(printable(text, true), {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}});
    };
    const auto property = [](const std::string& text) {
        return escaped(printable(text), {{'%', "%25"}, {':', "%3A"}, {',', "%2C"}});
    };
    std::string text;
    for (const Graded& graded : result.versions) {
        if (is_open(graded) || graded.verdict == Verdict::pass) continue;
        const std::string file = path_in(workspace, result, graded);
        text += fmt::format("::error {}title={}::{}\n", file.empty() ? "" : "file=" + property(file) + ",",
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
