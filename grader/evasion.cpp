#include "evasion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "text.hpp"

namespace grader {

namespace {

using namespace std::string_view_literals;

/// Parts of names, in lower case.
constexpr auto telling_parts =
    std::to_array({"sanitize"sv, "tsan_"sv, "asan_"sv, "_tsan"sv, "_asan"sv, "ubsan_"sv, "annotateignore"sv});
/// Whole names. Assembler and system calls are out of the virtual clock's sight, and a thread's struct rseq
/// is what it looks at.
constexpr auto telling_names =
    std::to_array({"__has_feature"sv, "KIT_CHECKED"sv, "_GLIBCXX_ASSERTIONS"sv, "asm"sv, "__asm"sv,
                   "__asm__"sv, "syscall"sv, "dlsym"sv, "dlvsym"sv, "dlopen"sv, "dlmopen"sv, "rseq"sv,
                   "__rseq_offset"sv, "__builtin_thread_pointer"sv});

bool is_telling(std::string_view name) {
    if (std::ranges::find(telling_names, name) != telling_names.end()) return true;
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::ranges::any_of(telling_parts,
                               [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

/// Without a comment that certainly is one. Any other comment is read like code, since a wrong guess would
/// hide code.
std::string_view without_comment(std::string_view line) {
    const std::size_t comment = line.find("//");
    if (comment == std::string_view::npos) return line;
    const std::string_view text = line.substr(comment);
    const bool certain =
        text.find_first_of("\"'") == std::string_view::npos && text.find("*/") == std::string_view::npos;
    return certain ? line.substr(0, comment) : line;
}

std::optional<std::string> telling_name(std::string_view line) {
    for (std::size_t at = 0; at < line.size();) {
        std::size_t end = at;
        while (end < line.size() && is_identifier(line[end])) ++end;
        if (is_telling(line.substr(at, end - at))) return std::string(line.substr(at, end - at));
        at = std::max(end, at + 1);
    }
    return std::nullopt;
}

bool pastes_names(std::string_view line) {
    const std::size_t start = line.find_first_not_of(" \t\v\f");
    if (start == std::string_view::npos) return false;
    const std::string_view text = line.substr(start);
    const bool is_directive = text.starts_with('#') || text.starts_with("%:");
    return is_directive &&
           (text.find("##", 1) != std::string_view::npos || text.find("%:%:", 1) != std::string_view::npos);
}

}  // namespace

std::optional<std::string> evasion(std::string_view source, const std::vector<std::string>& imports) {
    std::size_t number = 1;
    for (std::size_t at = 0; at < source.size();) {
        // Lines that end in a backslash are one (and g++ forgives blanks after it).
        std::string line;
        const std::size_t first = number;
        for (bool goes_on = true; goes_on && at < source.size();) {
            const std::size_t end = std::min(source.find('\n', at), source.size());
            std::string_view part = source.substr(at, end - at);
            while (!part.empty() && std::isspace(static_cast<unsigned char>(part.back())) != 0)
                part.remove_suffix(1);
            goes_on = part.ends_with('\\');
            line += part.substr(0, part.size() - (goes_on ? 1 : 0));
            at = end + 1;
            ++number;
        }
        const std::string_view code = without_comment(line);
        if (const auto name = telling_name(code))
            return fmt::format("line {} has `{}`", first, printable(*name));
        if (pastes_names(code)) return fmt::format("line {} pastes names together (##)", first);
    }
    // libstdc++'s own headers call syscall.
    const auto import = std::ranges::find_if(
        imports, [](std::string_view symbol) { return symbol != "syscall" && is_telling(symbol); });
    if (import != imports.end()) return fmt::format("it takes `{}` from elsewhere", printable(*import));
    return std::nullopt;
}

}  // namespace grader
