#include "report/in_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace grader {

std::string verdict_in_words(const Graded& graded) {
    return graded.verdict ? title(*graded.verdict) : "not graded yet";
}

std::string label(const Graded& graded) {
    return graded.lesson + "::" + graded.version;
}

bool is_open(const Graded& graded) {
    return !graded.verdict || graded.verdict == Verdict::not_started;
}

std::string in_full(const Graded& graded) {
    std::string text = printable(graded.message, true);
    if (!graded.scaling.empty()) text += fmt::format("\n{}", printable(graded.scaling));
    if (!graded.next.empty()) text += fmt::format("\nNext: {}", printable(graded.next));
    if (graded.verdict == Verdict::build_error && !graded.details.empty())
        text += fmt::format("\n{}", first_lines(printable(graded.details, true), 12));
    return text;
}

const char* sign_of(const Graded& graded) {
    if (is_open(graded)) return "·";
    return graded.verdict == Verdict::pass ? "✓" : "✗";
}

std::string escaped(std::string_view text, std::initializer_list<std::pair<char, const char*>> replacements) {
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

}  // namespace grader
