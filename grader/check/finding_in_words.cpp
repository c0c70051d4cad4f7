#include "check/finding_in_words.hpp"

#include <algorithm>
#include <cctype>

#include "check/changed_expression.hpp"
#include "check/scan.hpp"

namespace grader {

using namespace scan;

namespace {

using Kind = SanitizerFinding::Kind;

std::string_view line_of(std::string_view source, int number) {
    Lines lines(source);
    for (int i = 1; i < number; ++i)
        if (!lines.next()) return {};
    return lines.next().value_or("");
}

bool frees(const Access& access) {
    return access.calls.starts_with("operator delete");
}

std::string place(const SourceLocation& location) {
    const auto file = std::string_view(location.file).substr(location.file.rfind('/') + 1);
    return std::string(file) + (location.line > 0 ? " line " + std::to_string(location.line) : "");
}

std::string race_sentence(const SanitizerFinding& finding, std::string_view subject) {
    auto accesses = finding.accesses;
    std::stable_partition(accesses.begin(), accesses.end(),
                          [](const Access& access) { return access.is_write; });

    std::string lines;
    for (const auto& access : accesses) {
        if (!access.where || access.where->line == 0) continue;
        lines +=
            lines.empty() ? ": " + place(*access.where) : " and line " + std::to_string(access.where->line);
        lines += frees(access) ? " (delete)" : access.is_write ? " (write)" : " (read)";
        if (access.is_atomic) lines.insert(lines.size() - 1, ", atomic");
    }
    const auto writes =
        std::count_if(accesses.begin(), accesses.end(), [](const Access& a) { return a.is_write; });
    const bool on_one_line = accesses.size() == 2 && accesses[0].where &&
                             accesses[0].where == accesses[1].where && accesses[0].where->line > 0;
    std::string sentence(subject.empty() ? "the same memory" : subject);
    sentence.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence.front())));
    if (std::any_of(accesses.begin(), accesses.end(), frees))
        sentence += " is given back by one thread while another may still use it";
    else if (accesses.size() < 2 || writes > 1 || on_one_line)
        sentence += " is written by two threads at once";
    else
        sentence += " is written by one thread while another reads it";
    return sentence + lines + ".";
}

}  // namespace

std::string name_of_shared_object(const SanitizerFinding& finding, std::string_view source) {
    std::string_view object = finding.object;
    if (take(object, "global '") || take(object, "variable '") ||
        !after(object, "global variable '").empty()) {
        if (const auto variable = after(object, "global variable '"); !variable.empty()) object = variable;
        object = before(object, "'");
        const auto scope = object.rfind("::");
        return std::string(scope == std::string_view::npos ? object : object.substr(scope + 2));
    }

    std::string name;
    for (const bool write : {true, false}) {
        for (const auto& access : finding.accesses) {
            if (access.is_write != write || !access.where || access.where->line == 0 || frees(access))
                continue;
            const auto line = line_of(source, access.where->line);
            const auto method = method_name(access.calls);
            auto found = method.empty() ? std::string{} : called_object(line, method);
            if (found.empty()) found = only_change(line, !write);
            if (std::string_view wrapped = found; take(wrapped, "std::atomic_ref(") && wrapped.ends_with(')'))
                found = wrapped.substr(0, wrapped.size() - 1);
            if (found.empty() || found == name) continue;
            if (name.empty())
                name = found;
            else if (base_of(name) == base_of(found))
                name = base_of(name);
            else
                return {};
        }
        if (!name.empty()) return name;
    }
    return {};
}

std::string sentence_for_student(const SanitizerFinding& finding, std::string_view subject) {
    const std::string at = finding.where ? " at " + place(*finding.where) : "";
    const auto& what = finding.what;
    switch (finding.kind) {
        case Kind::race:
            return race_sentence(finding, subject);
        case Kind::memory_error: {
            std::string sentence = what + at;
            if (!finding.accesses.empty()) {
                const auto& access = finding.accesses.front();
                sentence += std::string(access.is_write ? ", a write" : ", a read") + " of " +
                            std::to_string(access.bytes) + " bytes";
                if (!subject.empty()) sentence += " near " + std::string(subject);
                if (!finding.object.empty() && is_digit(finding.object.front()))
                    sentence += ", " + finding.object;
            }
            return sentence + ".";
        }
        case Kind::crash:
            return "The program crashed" + at + ": " + what + ".";
        case Kind::out_of_memory:
            return "More memory was asked for than there is" + at + ": " + what + ".";
        case Kind::thread_misuse:
        case Kind::terminated:
        case Kind::unavailable:
            break;  // never asked for: check/outcome.cpp has its own words
    }
    return what + ".";
}

}  // namespace grader
