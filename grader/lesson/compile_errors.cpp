#include "lesson/compile_errors.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <optional>
#include <sstream>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_lines = 200;
constexpr std::size_t most_characters = 1000;  // of a line: regular expressions take long for long ones

/// g++ writes typographic quotes where the locale has them.
std::string with_plain_quotes(std::string line) {
    for (const char* quote : {"\u2018", "\u2019"})
        for (std::size_t at = 0; (at = line.find(quote, at)) != std::string::npos;)
            line.replace(at, std::string_view(quote).size(), "'");
    return line;
}

std::vector<std::string> lines_of(std::string_view diagnostics) {
    std::vector<std::string> lines;
    std::istringstream stream{std::string(diagnostics)};
    for (std::string line; lines.size() < most_lines && std::getline(stream, line);)
        lines.push_back(with_plain_quotes(line.substr(0, most_characters)));
    return lines;
}

/// The line of the file that this line of the diagnostics is about.
std::optional<std::string> place_in(const std::string& line, std::string_view file) {
    const std::size_t at = line.find(fmt::format("{}:", file));
    if (at == std::string::npos) return std::nullopt;
    const std::size_t first = at + file.size() + 1;
    const std::size_t end = line.find_first_not_of("0123456789", first);
    if (end == first || end == std::string::npos || line[end] != ':') return std::nullopt;
    return line.substr(first, end - first);
}

/// The place of the error in this line, or of the student's line that led to it.
std::optional<std::string> place_of(const std::vector<std::string>& lines, std::size_t error,
                                    std::string_view file) {
    if (const auto place = place_in(lines[error], file)) return place;
    for (const std::string& line : lines)
        if (line.find("required from") != std::string::npos ||
            line.find("requested here") != std::string::npos)
            if (const auto place = place_in(line, file)) return place;
    return std::nullopt;
}

std::string filled(std::string text, const std::smatch& match) {
    std::string group;
    for (std::size_t i = 1; i < match.size() && group.empty(); ++i) group = match[i];
    for (std::size_t at = 0; (at = text.find("$1", at)) != std::string::npos; at += group.size())
        text.replace(at, 2, group);
    return text;
}

}  // namespace

CompileErrors::CompileErrors(const fs::path& rules) {
    std::error_code error;
    if (!fs::exists(rules, error)) return;
    const auto fail = [&](const std::string& problem) {
        throw Error(ExitCode::lesson, fmt::format("{}: {}", rules.string(), printable(problem)),
                    "its first lines say what it holds");
    };
    try {
        const toml::table table = toml::parse(read_file(rules), rules.string());
        const toml::array* const entries = table["error"].as_array();
        if (entries == nullptr) fail("there is no [[error]]");
        for (const toml::node& node : *entries) {
            const toml::table& entry = *node.as_table();
            Rule& rule = rules_.emplace_back();
            rule.says = entry["says"].value_or(std::string());
            if (const toml::array* const matches = entry["matches"].as_array())
                for (const toml::node& match : *matches)
                    rule.matches.emplace_back(match.value_or(std::string()));
            if (rule.says.empty() || rule.matches.empty()) fail("an [[error]] lacks `says` or `matches`");
        }
    } catch (const toml::parse_error& problem) {
        fail(std::string(problem.description()));
    } catch (const std::regex_error& problem) {
        fail(fmt::format("a regular expression is wrong: {}", problem.what()));
    }
}

std::string CompileErrors::in_words(std::string_view diagnostics, std::string_view file) const {
    const std::vector<std::string> lines = lines_of(diagnostics);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].find("error: ") == std::string::npos) continue;
        for (const Rule& rule : rules_)
            for (const std::regex& regex : rule.matches) {
                std::smatch match;
                if (!std::regex_search(lines[i], match, regex)) continue;
                const auto place = place_of(lines, i, file);
                return (place ? fmt::format("line {}: ", *place) : "") + filled(rule.says, match);
            }
        return "";
    }
    return "";
}

}  // namespace grader
