#include "lesson/mistake.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <regex>
#include <sstream>
#include <string_view>

#include "base/error.hpp"
#include "base/files.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

Symptom symptom_of(const std::string& evidence, const fs::path& file) {
    std::vector<std::string> names;
    for (const Symptom symptom : all_symptoms) {
        if (evidence == name(symptom)) return symptom;
        names.emplace_back(name(symptom));
    }
    throw Error(ExitCode::lesson, fmt::format("{}: the evidence '{}' is no symptom", file.string(), evidence),
                fmt::format("one of: {}", fmt::join(names, ", ")));
}

Mistake read_mistake(const fs::path& file) {
    const std::vector<std::string> head = head_paragraphs(read_file(file));
    const std::string_view hint = "Hint: ";
    const std::string_view evidence = "Evidence: ";
    const std::string_view source = "Source: ";
    const bool has_source = head.size() == 4 && head[3].starts_with(source);
    if ((head.size() != 3 && !has_source) || head[0].empty() || !head[1].starts_with(hint) ||
        !head[2].starts_with(evidence))
        throw Error(
            ExitCode::lesson, fmt::format("{}: this isn't a mistake's head comment", file.string()),
            "three paragraphs: what is wrong, \"Hint: …\", \"Evidence: …\"; and, if you like, \"Source: "
            "…\" (docs/new_lesson.md)");
    const std::string expression = has_source ? head[3].substr(source.size()) : "";
    try {
        static_cast<void>(std::regex(expression));
    } catch (const std::regex_error& error) {
        throw Error(ExitCode::lesson, fmt::format("{}: \"Source:\" isn't a regular expression: {}",
                                                  file.string(), error.what()));
    }
    const std::string stem = file.stem();
    return {.name = stem.substr(0, stem.find('-')),
            .file = fmt::format("mistakes/{}.cpp", stem),
            .explanation = head[0],
            .hint = head[1].substr(hint.size()),
            .evidence = symptom_of(head[2].substr(evidence.size()), file),
            .answers = {},
            .source = expression};
}

}  // namespace

bool Mistake::is_possible_in(const std::string& program) const {
    return source.empty() || std::regex_search(program, std::regex(source));
}

std::vector<Mistake> read_mistakes(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".cpp") files.push_back(entry.path());
    // "off_by_one.cpp" before "off_by_one-last_row.cpp"
    std::ranges::sort(files, {}, [](const fs::path& file) { return file.stem(); });
    std::vector<Mistake> mistakes;
    for (const fs::path& file : files) mistakes.push_back(read_mistake(file));
    return mistakes;
}

const Mistake* find_by_symptom(const std::vector<Mistake>& mistakes, std::optional<Symptom> symptom) {
    const auto found = std::ranges::find(mistakes, symptom, &Mistake::evidence);
    return found == mistakes.end() ? nullptr : &*found;
}

std::vector<std::string> head_paragraphs(const std::string& source) {
    std::vector<std::string> paragraphs(1);
    std::istringstream lines(source);
    for (std::string line; std::getline(lines, line) && line.starts_with("//");) {
        const std::size_t start = line.find_first_not_of(' ', 2);
        if (start == std::string::npos) {
            paragraphs.emplace_back();
            continue;
        }
        std::string& paragraph = paragraphs.back();
        if (!paragraph.empty()) paragraph += ' ';
        paragraph += line.substr(start);
    }
    return paragraphs;
}

}  // namespace grader
